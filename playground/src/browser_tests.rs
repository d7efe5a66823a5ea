//! What only a browser can show. Run with `wasm-bindgen-test-runner` as the runner of the target
//! `wasm32-unknown-unknown`; the headless browser's driver is found through `CHROMEDRIVER`.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, Document, Element, HtmlCanvasElement};
use yew::Callback;

use crate::frame_loop::FrameLoop;
use crate::marks::{Ink, Mark, Marks, Pie, Shape};
use crate::observe::Listener;
use crate::page::storage;
use crate::painter::{Canvas2d, Painter as _, Viewport};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(
    inline_js = "export function two_frames() { return new Promise(done => \
    requestAnimationFrame(() => requestAnimationFrame(() => done()))); }"
)]
extern "C" {
    fn two_frames() -> js_sys::Promise;
}

fn document() -> Document {
    web_sys::window()
        .expect("a browser")
        .document()
        .expect("a page")
}

fn add(tag: &str) -> Element {
    let element = document().create_element(tag).expect("a plain tag");
    document()
        .body()
        .expect("a body")
        .append_child(&element)
        .expect("it is new");
    element
}

/// The opacity of the pixel at `(x, y)`.
fn opacity(canvas: &HtmlCanvasElement, x: f64, y: f64) -> u8 {
    let context = canvas
        .get_context("2d")
        .expect("it worked before")
        .expect("it worked before");
    let context: CanvasRenderingContext2d = context.dyn_into().expect("it is one");
    context
        .get_image_data(x, y, 1.0, 1.0)
        .expect("inside the canvas")
        .data()[3]
}

#[wasm_bindgen_test]
fn marks_are_painted_where_the_layout_has_them_in_device_pixels() {
    let canvas: HtmlCanvasElement = add("canvas").dyn_into().expect("a canvas");
    let mut painter = Canvas2d::new(canvas.clone()).expect("2D drawing");
    let viewport = Viewport {
        width: 200.0,
        height: 100.0,
        density: 2.0,
        layout_width: 100.0,
        layout_height: 50.0,
    };
    let mark = Mark {
        shape: Shape::Disc,
        ink: Ink::Fresh,
        x: 10.0,
        y: 10.0,
        is_overdue: false,
        is_waiting: false,
    };
    let pie = Pie {
        ink: Ink::Old,
        x: 50.0,
        y: 25.0,
        radius: 8.0,
        remaining: 0.5,
    };
    painter.paint(
        &Marks {
            marks: vec![mark],
            pies: vec![pie],
            trails: Vec::new(),
            every: 1,
        },
        &viewport,
    );
    assert_eq!((canvas.width(), canvas.height()), (400, 200));
    assert_eq!(opacity(&canvas, 40.0, 40.0), 255, "the disc");
    assert_eq!(
        opacity(&canvas, 180.0, 100.0),
        255,
        "the half of the pie that is left"
    );
    assert_eq!(opacity(&canvas, 220.0, 100.0), 0, "the half that is done");
    assert_eq!(opacity(&canvas, 300.0, 150.0), 0, "nothing");
    painter.paint(&Marks::default(), &viewport);
    assert_eq!(
        opacity(&canvas, 40.0, 40.0),
        0,
        "the next frame begins empty"
    );
}

#[wasm_bindgen_test]
async fn frames_come_while_the_loop_runs_and_stop_when_it_is_dropped() {
    let n_frames = Rc::new(Cell::new(0));
    let counter = Rc::clone(&n_frames);
    let frames = FrameLoop::new(Callback::from(move |_: f64| counter.set(counter.get() + 1)));
    JsFuture::from(two_frames()).await.expect("frames");
    assert_eq!(n_frames.get(), 0, "a new loop stands still");
    frames.set_running(true);
    frames.set_running(true);
    JsFuture::from(two_frames()).await.expect("frames");
    assert!(
        (1..=2).contains(&n_frames.get()),
        "one call a frame: {}",
        n_frames.get()
    );
    drop(frames);
    let before = n_frames.get();
    JsFuture::from(two_frames()).await.expect("frames");
    assert_eq!(n_frames.get(), before);
}

#[wasm_bindgen_test]
fn a_listener_hears_until_it_is_dropped() {
    let button = add("button");
    let n_heard = Rc::new(Cell::new(0));
    let counter = Rc::clone(&n_heard);
    let heard = Callback::from(move |_| counter.set(counter.get() + 1));
    let listener = Listener::new(&button, "click", heard);
    let click = || button.unchecked_ref::<web_sys::HtmlElement>().click();
    click();
    drop(listener);
    click();
    assert_eq!(n_heard.get(), 1);
}

#[wasm_bindgen_test]
fn work_in_progress_is_kept_and_forgotten() {
    storage::save("format = 1");
    assert_eq!(storage::load().as_deref(), Some("format = 1"));
    storage::forget();
    assert_eq!(storage::load(), None);
}
