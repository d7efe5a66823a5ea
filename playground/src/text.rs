//! Every sentence and label of the application, so that another language is another file.

use crate::kept::{Kept, Opened};
use diagram::Shortest;

pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const STEP: &str = "Step";
pub const STEP_HINT: &str = "Carry out exactly one event";
pub const RESET: &str = "Reset";
pub const RESET_HINT: &str = "Back to the author's system at t = 0";
pub const RESTART: &str = "Restart";
pub const RESTART_HINT: &str = "Back to t = 0 with the system as you built it";
pub const SPEED: &str = "Speed";
pub const SPEED_FIELD: &str = "Exact speed";
pub const UNDO: &str = "Undo";
pub const UNDO_HINT: &str = "Undo (Ctrl Z)";
pub const REDO: &str = "Redo";
pub const REDO_HINT: &str = "Redo (Ctrl Shift Z)";
pub const IMPORT: &str = "Import";
pub const EXPORT: &str = "Export";
pub const SHARE: &str = "Share";
pub const CLOSE: &str = "Close";
pub const MOTION: &str = "Moving dots";
pub const ADD: &str = "Add";
pub const RUN: &str = "Scenario";
pub const NOW: &str = "Now";
pub const SOURCE: &str = "Source";
pub const SETTINGS: &str = "Settings";
pub const LINKS: &str = "Links";
pub const ACTIONS: &str = "Actions";
pub const NODES_AS_A_TABLE: &str = "Nodes as a table";
pub const KEYS: &str = "Keys";
pub const LOAD_FIELD: &str = "Load in requests per second";
pub const NODE_TO_BREAK: &str = "Node to break";
pub const KILL: &str = "Kill";
pub const SLOW: &str = "Slow";
pub const HEAL: &str = "Heal";
pub const DUPLICATE: &str = "Duplicate";
pub const DELETE: &str = "Delete";
pub const CONNECT_TO: &str = "Connect to";
pub const CONNECT_FROM: &str = "Connect from";
pub const EMPTY: &str = "The smallest system is clients that call a server.";
pub const NO_CLIENTS: &str =
    "Nobody sends requests, so nothing happens: add clients and connect them to a server.";
pub const DISCONNECT: &str = "Disconnect";
pub const NO_LINKS: &str = "No links yet.";
pub const NAME: &str = "Name";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str =
    "The browser did not allow copying. Select the text and copy it yourself.";
pub const DOWNLOAD: &str = "Download .toml";
pub const CHOOSE_FILE: &str = "Choose a file";
pub const LOAD_SCENARIO: &str = "Load this scenario";
pub const IMPORT_HINT: &str =
    "Paste a scenario, or choose a .toml file. Yours stays as it is until the new one is valid.";
pub const EXPORT_HINT: &str = "The whole scenario as text. It can be imported here, given to the \
     command line, or written into an article.";
pub const SHARE_HINT: &str = "Whoever opens this link gets the identical run: the scenario, the \
     seed and everything that was done, at the same moments.";
pub const LINK_NOT_EXACT: &str = "More was done in this run than a link can hold. \
     This one holds the system as it is now, and starts it at zero.";
pub const BACK_TO_SCENARIO: &str = "Back to the scenario";
pub const START_OVER: &str = "Start over";
pub const START_OVER_HINT: &str = "Back to the scenario as it was when you opened it";
pub const LOAD_EXAMPLE: &str = "Load the example";
pub const LOAD_EXAMPLE_HINT: &str = "The scenario that the playground begins with";
pub const RUN_TO: &str = "Run to";
pub const RUN_HASH: &str = "run";
pub const FIGURE_SCENE: &str = "The running system";
pub const COULD_NOT_GO_ON: &str =
    "The live figure met an error and stopped; this is the computed result. Reload to try again.";
pub const UNREADABLE_FIGURE: &str = "The live figure could not start; this is the computed result.";
pub const COMPUTED_RESULT: &str =
    "Computed in advance. Press Play to run the system from the beginning.";
pub const READY: &str =
    "Press Play to start. Nothing here can break for good: Undo brings everything back.";
pub const BEFORE_PLAY: &str = "Press Play, and its numbers stand here.";
pub const NOTHING_LEFT: &str = "Nothing will ever happen in this system any more.";
pub const RESET_DONE: &str = "Back to the author's system at t = 0.";
pub const RESTARTED: &str = "Back to t = 0. The system stays as you built it.";
pub const RESTARTED_HEALED: &str = "Back to t = 0. The system stays as you built it, and nothing in \
     it is broken; Undo breaks it again.";
pub const STARTED_OVER: &str = "This is the scenario as it was when you opened it. Undo brings your \
     changes back.";
pub const EXAMPLE_LOADED: &str =
    "This is the playground's example. Undo brings back what was here.";
pub const CHANGES_NOT_CARRIED: &str = "Done. But these are more changes than the link to the playground \
     can carry: it opens the author's system.";
pub const LINK_OPENED: &str = "This is the scenario from your link. Press Play to run it.";
pub const FIGURE_OPENED: &str = "This is the figure with your changes. Press Play to run it.";
pub const OWN_IS_KEPT: &str = " Your own scenario is kept.";
pub const EARLIER_IS_KEPT: &str =
    " Your work on an earlier link is kept until you change this one.";
pub const RESUMED: &str = "This is the scenario that you last worked on.";
pub const RESUMED_LINK: &str = "This is the scenario from a link, as you left it.";
pub const UNREADABLE_WORK: &str = "What this browser kept of your work cannot be read. Its text is \
     under Import, with what is wrong; below is the playground's example.";
pub const UNREADABLE_KEPT: &str = "What this browser kept there cannot be read. Its text is under \
     Import, with what is wrong; the scenario below is untouched.";
pub const NO_LONGER_KEPT: &str = "This browser no longer keeps that scenario.";
pub const OWN_LOADED: &str = "This is your own scenario. Undo returns to the one from the link.";
pub const OPENED_LOADED: &str = "This is the scenario from the link, as you left it. Undo returns to \
     your own.";
pub const NO_OWN_YET: &str = "This browser keeps no scenario of your own, so this is the \
     playground's example. Undo returns to the one from the link.";
pub const BACK_TO_OWN: &str = "Back to your own scenario";
pub const TO_THE_EXAMPLE: &str = "To the playground's example";
pub const BACK_TO_OPENED: &str = "Back to the scenario from the link";
pub const BACK_TO_EARLIER: &str = "Back to your work on an earlier link";
pub const NOT_KEPT: &str = "This browser could not keep your last change: its storage is full or \
     switched off. Export the scenario before you leave.";
pub const KEPT_SCENARIOS: &str = "Kept scenarios";
pub const BELOW_IS_AS_BEFORE: &str = "The scenario below is untouched.";
pub const BELOW_IS_THE_EXAMPLE: &str = "Below is the playground's example.";
pub const BELOW_IS_YOUR_OWN: &str = "Below is the scenario that you last worked on.";
pub const BELOW_IS_FROM_A_LINK: &str =
    "Below is the scenario from an earlier link, as you left it.";
pub const BELOW_IS_THE_EXAMPLE_AND_IMPORT: &str = "Below is the playground's example; what this \
     browser kept of your work cannot be read, and its text is under Import.";
pub const SCENARIO_LOADED: &str = "The new scenario is loaded. Undo brings back the one before.";
pub const FILE_UNREADABLE: &str = "This file cannot be read as text.";
pub const NOT_A_MOMENT: &str = "Write a moment such as \"30s\" or \"1.5s\".";
pub const MOMENT_IS_PAST: &str =
    "That moment is over. Restart first, then run to it: time only goes forward.";
pub const UNDONE: &str = "Undone.";
pub const REDONE: &str = "Done again.";
pub const UNDONE_FROM_ZERO: &str = "Undone. The run begins again at t = 0.";
pub const REDONE_FROM_ZERO: &str = "Done again. The run begins again at t = 0.";

/// What a dot stands for.
pub fn sampling(every: u64) -> String {
    if every <= 1 {
        "1 dot = 1 request".to_owned()
    } else {
        format!("1 dot = {} requests", diagram::wording::thousands(every))
    }
}

/// What is said when the goal of "run to" is reached.
pub fn arrived(moment: &str) -> String {
    format!("Stopped at t = {moment}.")
}

/// What is said while the simulation runs to a goal.
pub fn on_the_way(moment: &str) -> String {
    format!("Running to t = {moment}…")
}

/// Why there is no link.
pub fn link_failed(reason: &str) -> String {
    format!("No link could be made: {reason} Export the scenario instead.")
}

/// Why a link could not be opened, and what is shown instead.
pub fn link_refused(reason: &str, shown: &str) -> String {
    format!("This link cannot be opened: {reason} {shown}")
}

/// Why the changes in a figure's link could not be read.
pub fn changes_refused(reason: &str) -> String {
    format!(
        "This is the figure as its author made it: the changes in the link cannot be used. {reason}"
    )
}

/// What to add when a link is opened while something is kept.
pub const fn what_is_kept(kept: Kept) -> &'static str {
    match kept {
        Kept {
            opened: Opened::Earlier,
            ..
        } => EARLIER_IS_KEPT,
        Kept { own: true, .. } => OWN_IS_KEPT,
        _ => "",
    }
}

/// Why an edit did not work.
pub fn edit_refused(reason: &str) -> String {
    format!("That did not work: {reason}")
}

/// What is said when a node was added.
pub fn added(name: &str) -> String {
    format!("{name} was added.")
}

/// What is said when several servers were added at once.
pub fn servers_added(number: usize) -> String {
    format!("{number} servers were added.")
}

/// What is said when several servers were removed at once.
pub fn servers_removed(number: usize) -> String {
    format!("{number} servers were removed; they finish what they have.")
}

/// The moment that a computed picture shows.
pub fn after(duration: simulator::SimDuration) -> String {
    format!("after {}", diagram::wording::duration(duration))
}

/// What is said when two nodes were connected.
pub fn connected(from: &str, to: &str) -> String {
    format!("{from} calls {to} from now on.")
}

/// What is said when two nodes were disconnected.
pub fn disconnected(from: &str, to: &str) -> String {
    format!("{from} no longer calls {to}.")
}

/// What is said while a link could end at a node.
pub fn let_go(from: &str, to: &str) -> String {
    format!("Let go to connect {from} to {to}.")
}

/// Why a link cannot end at a node of that kind.
pub fn cannot_call((from, caller): (&str, &str), (to, callee): (&str, &str), may: &str) -> String {
    format!("{from} ({caller}) cannot call {to} ({callee}), only {may}.")
}

/// Why a link cannot be made twice.
pub fn linked_already(from: &str, to: &str) -> String {
    format!("{from} is connected to {to} already.")
}

/// The line that opens the source of a default.
pub fn why_default(default: &str, quality: &str) -> String {
    format!("Why is {default} the default? {quality}")
}

/// What is missing before a node can be linked.
pub fn nothing_to_connect(kinds: &str) -> String {
    format!("Add {kinds} to connect it.")
}

/// Why nothing happens where clients have no link to what answers.
pub fn leads_nowhere(clients: &str) -> String {
    format!(
        "Requests of {clients} have nowhere to go: connect {clients} to a server or a load balancer."
    )
}

/// Why nothing happens where no request is sent.
pub fn sends_nothing(clients: &str) -> String {
    format!("The rate of {clients} is 0 requests per second: raise it.")
}

/// What is said when a node was removed.
pub fn removed(name: &str) -> String {
    format!("{name} was removed; it finishes what it has.")
}

/// What is said about a killed node before the next report comes.
pub fn killed(name: &str) -> String {
    format!("{name} is dead: it refuses every connection.")
}

/// What is said about a slowed node.
pub fn slowed(name: &str, factor: f64) -> String {
    format!(
        "{name} is slow: everything takes {} times as long.",
        Shortest(factor)
    )
}

/// Why a dead node cannot be slowed.
pub fn dead_already(name: &str) -> String {
    format!("{name} is dead: heal it before you slow it.")
}

/// What is said about a healed node.
pub fn healed(name: &str) -> String {
    format!("{name} works as it should again.")
}
