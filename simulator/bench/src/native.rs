//! The command line, which the wasm does not have.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::fingerprint;
use crate::hold;
use crate::model::{MODELS, Model, Subject};
use crate::workload;

const USAGE: &str = "\
usage: bench fingerprint                what has to be the same in wasm, of every workload
       bench throughput                 events and nanoseconds of every workload
       bench hold                       what an event costs the queue of pending events
       bench models                     what is compared with others
       bench model SUBJECT NAME         a timed run of a model in the engine or as a bare loop
       bench counted                    runs whose instructions are counted, in the words for them
       bench once workload NAME         such a run of a workload
       bench once SUBJECT NAME          such a run of a model";

/// Long enough for the clock's own grain and for a busy machine's hiccups.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// Does what the words say, and fails for words that it does not know.
pub(crate) fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["fingerprint"] => fingerprints(),
        ["throughput"] => throughput(),
        ["hold"] => hold(),
        ["models"] => models(),
        ["model", subject, name] => model(subject, name),
        ["counted"] => counted(),
        ["once", "workload", name] => workload(name),
        ["once", subject, name] => once(subject, name),
        _ => None,
    };
    if done.is_some() {
        return ExitCode::SUCCESS;
    }
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn fingerprints() -> Option<()> {
    for workload in workload::all() {
        let fingerprint = fingerprint::of(&workload.run());
        println!("fingerprint {} {fingerprint}", workload.name);
    }
    println!("{}", fingerprint::of_draws());
    Some(())
}

fn throughput() -> Option<()> {
    for workload in workload::all() {
        let start = Instant::now();
        let mut events = 0;
        while start.elapsed() < LONG_ENOUGH {
            events += workload.run().events();
        }
        println!(
            "throughput {} {events} {}",
            workload.name,
            start.elapsed().as_nanos()
        );
    }
    Some(())
}

/// Nanoseconds for taking and adding an event, in the engine's queue and in a heap, by law and number.
fn hold() -> Option<()> {
    for case in hold::cases() {
        let time = |queue| {
            let (mut hold, turns) = (case.begin(queue), case.turns());
            let round = |_| {
                let start = Instant::now();
                std::hint::black_box(hold(turns));
                start.elapsed().as_nanos()
            };
            // The least: others on the machine can only add to it.
            (0..hold::ROUNDS).map(round).min().unwrap_or(0) as f64 / f64::from(turns)
        };
        let (agenda, heap) = (time(hold::Queue::Agenda), time(hold::Queue::Heap));
        println!("hold {}-{} {agenda:.1} {heap:.1}", case.law, case.pending);
    }
    Some(())
}

/// A line for each model: its name, customers of a run, events of each of them, mean, spread, and who has it.
fn models() -> Option<()> {
    for model in &MODELS {
        let (customers, events) = (model.customers, model.events);
        let (mean, spread) = (model.mean, model.spread);
        print!("models {} {customers} {events} {mean} {spread}", model.name);
        for subject in Subject::ALL.into_iter().filter(|it| model.has(*it)) {
            print!(" {}", subject.name());
        }
        println!();
    }
    Some(())
}

/// A model's subject, name, customers who were served, nanoseconds, and bytes of memory.
fn model(subject: &str, name: &str) -> Option<()> {
    let (subject, model) = find(subject, name)?;
    let start = Instant::now();
    let served = model.run(subject, model.customers);
    let nanoseconds = start.elapsed().as_nanos();
    let memory = memory().unwrap_or(0);
    let subject = subject.name();
    println!("model {subject} {name} {served} {nanoseconds} {memory}");
    Some(())
}

/// The words of every run whose instructions are counted.
fn counted() -> Option<()> {
    for workload in workload::all() {
        println!("once workload {}", workload.name);
    }
    for subject in Subject::ALL {
        for model in MODELS.iter().filter(|it| it.has(subject)) {
            println!("once {} {}", subject.name(), model.name);
        }
    }
    Some(())
}

/// Runs a workload and says how many events that took.
fn workload(name: &str) -> Option<()> {
    let workload = workload::all().into_iter().find(|it| it.name == name)?;
    println!("events {}", workload.run().events());
    Some(())
}

/// The same for a model, of fewer customers, because whoever counts instructions is slow.
fn once(subject: &str, name: &str) -> Option<()> {
    let (subject, model) = find(subject, name)?;
    let served = model.run(subject, model.customers / 10);
    println!("events {}", served as f64 * model.events);
    Some(())
}

fn find(subject: &str, name: &str) -> Option<(Subject, &'static Model)> {
    let (subject, model) = (Subject::named(subject)?, Model::named(name)?);
    model.has(subject).then_some((subject, model))
}

/// The most memory that this process ever had, in bytes, where the system says so.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = peak.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1_024)
}
