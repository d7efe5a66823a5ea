//! What an island shows of its run: the report for the views, the layout, the dots.

use std::rc::Rc;

use diagram::layout;

use super::Island;
use crate::marks::{Marks, Wanted};
use crate::model::Surface;
use crate::msg::Msg;
use crate::painter::Painter as _;
use crate::sample::{Asking, Sample};

/// The most dots of a figure, and of the playground.
const FIGURE_DOTS: usize = 300;
const PLAYGROUND_DOTS: usize = 2_000;

impl Island {
    /// Takes a report and hands it to the model.
    pub(super) fn report(&mut self, with_charts: bool) {
        self.follow_document();
        let sample = Sample::take(
            &self.session,
            Rc::clone(&self.document),
            Rc::clone(&self.layout),
            Asking {
                id: &self.id,
                with_charts,
                most_dots: self.most_dots(),
            },
        );
        self.tell(Msg::Sampled(Box::new(sample)));
    }

    /// Lays the system out again where the run's document is another one by now.
    pub(super) fn follow_document(&mut self) {
        if self.session.run().document() != &*self.document {
            self.document = Rc::new(self.session.run().document().clone());
            self.place();
        }
    }

    pub(super) fn place(&mut self) {
        self.layout = Rc::new(layout::place(&self.document, self.orientation));
        if let Some(viewport) = &mut self.viewport {
            viewport.layout_width = self.layout.width;
            viewport.layout_height = self.layout.height;
        }
    }

    pub(super) fn paint(&mut self) {
        // Between two reports the timeline may have changed the system; the next one shows it.
        if !self.model.has_started || self.session.run().document() != &*self.document {
            return;
        }
        let limit = self.most_dots();
        let (Some(painter), Some(viewport)) = (&mut self.painter, &self.viewport) else {
            return;
        };
        let is_still = !self.model.has_motion && self.model.is_running();
        let marks = Marks::of(
            self.session.run().simulation(),
            &self.layout,
            Wanted {
                limit,
                factor: self.session.speed().factor(),
                with_travellers: !is_still,
                with_trails: self.model.has_motion && self.model.is_running(),
            },
        );
        painter.paint(&marks, viewport);
    }

    fn most_dots(&self) -> usize {
        match self.model.surface {
            Surface::Figure => FIGURE_DOTS,
            Surface::Playground => PLAYGROUND_DOTS,
        }
    }
}
