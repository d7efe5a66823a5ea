//! The root of one figure or of the playground page: it owns the session, the frames and the
//! observers, and carries out what the pure `update` wishes.

mod focus;
mod link;
mod observers;
mod picture;
mod stage;

use std::rc::Rc;

use diagram::Document;
use diagram::layout::{self, Layout, Orientation};
use web_sys::{Element, File, HtmlCanvasElement};
use yew::prelude::*;

use self::focus::When;
use self::observers::Observers;
use crate::announce::Announcer;
#[cfg(feature = "page")]
use crate::beginning::Beginning;
use crate::effect::Effect;
use crate::focus::Focus;
use crate::frame_loop::FrameLoop;
use crate::input::pointer;
use crate::model::{Model, Surface};
use crate::msg::Msg;
use crate::observe::{self, Size};
#[cfg(feature = "page")]
use crate::page;
use crate::painter::{Canvas2d, Painter as _, Viewport};
use crate::session::{FAST_BUDGET_MS, FRAME_BUDGET_MS, Session};
use crate::update::update;
#[cfg(feature = "page")]
use crate::view::playground;
use crate::view::{Opening, Ui, figure};

/// Narrower figures flow downwards; the style sheet changes at the same width.
const NARROW_PIXELS: f64 = 700.0;
/// The picture, the numbers and the charts change together, four times a second: a number beside the
/// chart of another moment would contradict it.
const SAMPLE_MS: f64 = 250.0;
/// Without motion everything changes once a second.
const STILL_MS: f64 = 1_000.0;

/// What an island is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Where it is shown.
    pub surface: Surface,
    /// What it shows.
    pub document: Rc<Document>,
    /// Makes ids unique on the page.
    pub id: AttrValue,
    /// The element that it fills.
    pub host: Element,
    /// The computed picture.
    pub opening: Option<Opening>,
    /// What else the playground begins with.
    #[cfg(feature = "page")]
    pub beginning: Option<Beginning>,
}

/// What an island hears.
pub enum Happened {
    /// Something for the model.
    Told(Msg),
    /// A frame, at this time in milliseconds.
    Frame(f64),
    /// The pointer did something on a node.
    Pointed(pointer::Report),
    /// A file was chosen.
    ChoseFile(File),
    /// The figure has another size.
    Resized,
    /// The page has other colours.
    ChangedTheme,
}

/// A live figure, or the playground.
pub struct Island {
    id: AttrValue,
    model: Model,
    session: Session,
    document: Rc<Document>,
    layout: Rc<Layout>,
    orientation: Orientation,
    frames: FrameLoop,
    last_frame: Option<f64>,
    last_report: f64,
    announcer: Announcer,
    gesture: pointer::Gesture,
    canvas: NodeRef,
    painter: Option<Canvas2d>,
    viewport: Option<Viewport>,
    observers: Option<Observers>,
    canvas_size: Option<Size>,
    tallest: f64,
    has_new_picture: bool,
    host: Element,
    host_width: f64,
    wished_focus: Option<(Focus, When)>,
    tell: Callback<Msg>,
    point: Callback<pointer::Report>,
    read_file: Callback<File>,
}

impl Component for Island {
    type Message = Happened;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let document = Rc::clone(&props.document);
        let orientation = orientation_of(&props.host);
        let has_motion = !observe::prefers_reduced_motion();
        let mut model = Model::new(props.surface, Document::clone(&document), has_motion);
        model.has_started = props.opening.is_none();
        #[cfg(feature = "page")]
        if let Some(beginning) = &props.beginning {
            beginning.prepare(&mut model);
        }
        let mut island = Self {
            id: format!("{}-live", props.id).into(),
            model,
            session: Session::new(&document),
            layout: Rc::new(layout::place(&document, orientation)),
            document,
            orientation,
            frames: FrameLoop::new(ctx.link().callback(Happened::Frame)),
            last_frame: None,
            last_report: 0.0,
            announcer: Announcer::default(),
            gesture: pointer::Gesture::default(),
            canvas: NodeRef::default(),
            painter: None,
            viewport: None,
            observers: None,
            canvas_size: None,
            tallest: 0.0,
            has_new_picture: false,
            host: props.host.clone(),
            host_width: 0.0,
            wished_focus: None,
            tell: ctx.link().callback(Happened::Told),
            point: ctx.link().callback(Happened::Pointed),
            read_file: ctx.link().callback(Happened::ChoseFile),
        };
        island.report(true);
        island
    }

    fn update(&mut self, ctx: &Context<Self>, happened: Happened) -> bool {
        match happened {
            Happened::Told(msg) => {
                if msg.is_momentary() {
                    self.report(false);
                }
                if matches!(msg, Msg::ClearedSelection) {
                    // The pointer may still be down: what it does from now on means nothing.
                    self.gesture = pointer::Gesture::default();
                }
                self.tell(msg);
                true
            }
            Happened::Frame(time) => self.frame(time),
            Happened::Pointed(report) => {
                let viewport = self.viewport;
                let origin = self
                    .canvas
                    .cast::<Element>()
                    .map(|it| it.get_bounding_client_rect());
                let msg = self.gesture.take_in(self.model.surface, report, |(x, y)| {
                    match (viewport, &origin) {
                        (Some(viewport), Some(origin)) => {
                            viewport.to_layout(x - origin.left(), y - origin.top())
                        }
                        _ => (0.0, 0.0),
                    }
                });
                let has_msg = msg.is_some();
                if let Some(msg) = msg {
                    self.tell(msg);
                }
                has_msg
            }
            Happened::ChoseFile(chosen) => {
                #[cfg(feature = "page")]
                page::read_file(&chosen, &self.tell);
                #[cfg(not(feature = "page"))]
                drop(chosen);
                false
            }
            Happened::Resized => self.resize(ctx),
            Happened::ChangedTheme => {
                if let Some(painter) = &mut self.painter {
                    painter.refresh_colours();
                }
                self.paint();
                false
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let ui = Ui {
            model: &self.model,
            id: &props.id,
            tell: &self.tell,
            point: &self.point,
            read_file: &self.read_file,
            canvas: &self.canvas,
            opening: props.opening.as_ref(),
            orientation: self.orientation,
        };
        match props.surface {
            #[cfg(feature = "page")]
            Surface::Playground => playground::view_playground(&ui),
            _ => figure::view_figure(&ui),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, is_first: bool) {
        if is_first {
            self.observers = Some(Observers::new(ctx));
            self.frames.set_running(self.model.is_running());
        }
        let canvas = self.canvas.cast::<HtmlCanvasElement>();
        let is_new = match (&self.painter, &canvas) {
            (Some(painter), Some(canvas)) => painter.canvas() != canvas,
            (None, Some(_)) => true,
            _ => false,
        };
        if std::mem::take(&mut self.has_new_picture) {
            self.forget_height();
            self.measure();
            self.paint();
        }
        if is_new {
            // The canvas changes its size with the layout, too, when the figure does not.
            let resized = ctx.link().callback(|()| Happened::Resized);
            self.canvas_size = canvas
                .as_ref()
                .and_then(|canvas| Size::observe(canvas, resized));
            self.painter = canvas.and_then(Canvas2d::new);
            self.measure();
            self.paint();
        }
        self.carry_out_focus(ctx.props());
    }
}

impl Island {
    fn tell(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::SetRunning(is_running) => {
                self.last_frame = None;
                self.frames.set_running(is_running);
            }
            Effect::SetSpeed(speed) => self.session.set_speed(speed),
            Effect::SetGoal(goal) => self.session.set_goal(goal),
            Effect::Step => {
                let step = self.session.step();
                let scenario = self.session.run().simulation().scenario();
                let sentence = step.map(|step| step.sentence(scenario));
                self.tell(Msg::Stepped(sentence));
            }
            Effect::Apply(edit) => {
                if let Err(error) = self.session.edit(edit) {
                    self.tell(Msg::EditRefused(error.to_string()));
                }
            }
            #[cfg(feature = "page")]
            Effect::Become(document) => self.session.set_document(&document),
            Effect::Restart(document) => {
                self.session.restart(&document);
                self.announcer.clear();
                self.has_new_picture = true;
            }
            Effect::ShowNow => {
                self.report(true);
                self.paint();
            }
            Effect::Redraw => self.paint(),
            Effect::CarryChanges(edits) => self.carry_changes(&edits),
            Effect::Focus(focus) => self.wish_focus(focus, When::Always),
            Effect::KeepFocus(focus) => self.wish_focus(focus, When::IfLost),
            #[cfg(feature = "page")]
            effect => page::carry_out(effect, &self.session, &self.tell),
            #[cfg(not(feature = "page"))]
            _ => {}
        }
    }

    /// Lets time pass; whether there is anything for Yew to render.
    fn frame(&mut self, time: f64) -> bool {
        if !self.model.is_running() {
            self.frames.set_running(false);
            return false;
        }
        let seconds = self
            .last_frame
            .map_or(0.0, |before| (time - before) / 1_000.0);
        self.last_frame = Some(time);
        let budget = if self.model.goal.is_some() {
            FAST_BUDGET_MS
        } else {
            FRAME_BUDGET_MS
        };
        let performance = web_sys::window().and_then(|window| window.performance());
        let mut clock = || performance.as_ref().map_or(0.0, web_sys::Performance::now);
        let advance = self.session.advance(seconds, budget, &mut clock);
        let pause = if self.model.has_motion {
            SAMPLE_MS
        } else {
            STILL_MS
        };
        let is_due = time - self.last_report >= pause;
        if is_due {
            self.last_report = time;
            self.report(true);
            let shown = &self.model.status.text;
            let sample = self.model.sample.as_ref();
            let said = sample.and_then(|sample| self.announcer.hear(time, shown, sample));
            if let Some(sentence) = said {
                self.tell(Msg::Spoke(sentence));
            }
        }
        if advance.has_reached_goal {
            self.tell(Msg::ReachedGoal);
        } else if is_due || self.model.has_motion {
            self.paint();
        }
        is_due || advance.has_reached_goal
    }

    fn resize(&mut self, ctx: &Context<Self>) -> bool {
        let host = &ctx.props().host;
        let width = host.get_bounding_client_rect().width();
        if (width - self.host_width).abs() > 0.5 {
            self.host_width = width;
            self.forget_height();
        }
        let orientation = orientation_of(host);
        if orientation != self.orientation {
            // The page still shows the picture of before: it is measured when it has been replaced.
            self.orientation = orientation;
            self.has_new_picture = true;
            self.place();
            self.report(true);
            return true;
        }
        self.measure();
        self.paint();
        false
    }
}

fn orientation_of(host: &Element) -> Orientation {
    if host.get_bounding_client_rect().width() < NARROW_PIXELS {
        Orientation::Down
    } else {
        Orientation::Across
    }
}
