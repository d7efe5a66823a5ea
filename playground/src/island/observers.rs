//! What an island listens to in the browser, for as long as it lives.

use yew::prelude::*;

use super::{Happened, Island};
use crate::msg::Msg;
use crate::observe::{Motion, Size, Theme, Visibility};
#[cfg(feature = "page")]
use crate::{model::Surface, page::Listeners};

/// What has to live as long as the island.
pub struct Observers {
    _visibility: Option<Visibility>,
    _size: Option<Size>,
    _theme: Option<Theme>,
    _motion: Motion,
    #[cfg(feature = "page")]
    _page: Option<Listeners>,
}

impl Observers {
    /// Begins to listen for the island of `ctx`.
    pub fn new(ctx: &Context<Island>) -> Self {
        let link = ctx.link();
        let told = link.callback(Happened::Told);
        let host = &ctx.props().host;
        Self {
            _visibility: Visibility::observe(host, told.reform(Msg::ChangedVisibility)),
            _size: Size::observe(host, link.callback(|()| Happened::Resized)),
            _theme: Theme::observe(link.callback(|()| Happened::ChangedTheme)),
            _motion: Motion::observe(
                told.reform(|is_reduced: bool| Msg::ChangedMotion(!is_reduced)),
            ),
            #[cfg(feature = "page")]
            _page: (ctx.props().surface == Surface::Playground)
                .then(|| Listeners::new(&told))
                .flatten(),
        }
    }
}
