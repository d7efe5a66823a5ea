//! `--series`: the history of runs in windows of time, as CSV or JSON.

use diagram::json::Json;
use diagram::{Outcome, Report};
use simulator::{Series, SimDuration, SimTime, Window};

use crate::arguments::Form;

/// The history of one run.
pub(crate) struct History {
    /// The variant's key, or `base`.
    name: String,
    seed: u64,
    series: Series,
}

impl History {
    /// The history of a run, not yet called anything but `base`.
    pub(crate) fn of(outcome: &Outcome) -> Self {
        Self {
            name: "base".to_owned(),
            seed: outcome.document.seed(),
            series: outcome.series.clone(),
        }
    }

    /// The same history with another name.
    pub(crate) fn called(self, name: &str) -> Self {
        let name = name.to_owned();
        Self { name, ..self }
    }
}

/// The histories of a report: its own and those of its variants.
pub(crate) fn of_report(report: &Report) -> Vec<History> {
    let variants = report.variants.iter();
    let variants = variants.map(|(variant, run)| History::of(run).called(&variant.name));
    std::iter::once(History::of(&report.base))
        .chain(variants)
        .collect()
}

/// The name of a number with its unit, and how a window says it.
type Column = (&'static str, fn(&Window) -> Option<f64>);

/// What a window says, in order. Times are empty where nothing was answered.
const COLUMNS: [Column; 11] = [
    ("start_s", |window| {
        Some(window.start.since(SimTime::ZERO).as_secs_f64())
    }),
    ("width_s", |window| Some(window.width.as_secs_f64())),
    ("sent", |window| Some(window.generated as f64)),
    ("ok", |window| Some(window.ok as f64)),
    ("late", |window| Some(window.late as f64)),
    ("failed", |window| Some(window.failed as f64)),
    ("shed", |window| Some(window.shed as f64)),
    ("mean_ms", |window| time(window, window.response.mean())),
    ("p50_ms", |window| {
        time(window, window.response.quantile(0.5))
    }),
    ("p95_ms", |window| {
        time(window, window.response.quantile(0.95))
    }),
    ("p99_ms", |window| {
        time(window, window.response.quantile(0.99))
    }),
];

fn time(window: &Window, duration: SimDuration) -> Option<f64> {
    (window.response.count() > 0).then(|| duration.as_millis_f64())
}

/// All histories in this form.
pub(crate) fn text(histories: &[History], form: Form) -> String {
    match form {
        Form::Csv => csv(histories),
        Form::Json => format!("{}\n", json(histories).pretty()),
    }
}

fn csv(histories: &[History]) -> String {
    let names = COLUMNS.map(|(name, _)| name).join(",");
    let mut out = format!("run,seed,{names}\n");
    for History { name, seed, series } in histories {
        for window in series.windows() {
            let cell =
                |(_, of): Column| of(window).map_or_else(String::new, |value| value.to_string());
            let cells = COLUMNS.map(cell).join(",");
            out.push_str(&format!("{name},{seed},{cells}\n"));
        }
    }
    out
}

fn json(histories: &[History]) -> Json {
    let window = |window: &Window| {
        let entry =
            |(name, of): Column| (name.to_owned(), of(window).map_or(Json::Null, Json::number));
        Json::Object(COLUMNS.map(entry).to_vec())
    };
    let run = |history: &History| {
        let windows = history.series.windows().iter().map(window);
        Json::object([
            ("run", Json::text(&history.name)),
            ("seed", Json::Number(history.seed.to_string())),
            ("windows", Json::Array(windows.collect())),
        ])
    };
    Json::object([
        ("format", Json::Number("1".to_owned())),
        ("series", Json::Array(histories.iter().map(run).collect())),
    ])
}
