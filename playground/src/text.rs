//! Every sentence and label of the application, so that another language is another file.

pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const STEP: &str = "Step";
pub const STEP_HINT: &str = "Carry out exactly one event";
pub const RESET: &str = "Reset";
pub const RESET_HINT: &str = "Back to the authored system at t = 0";
pub const SPEED: &str = "Speed";
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
pub const NEW_SCENARIO: &str = "Start over";
pub const RUN_TO: &str = "Run to";
pub const RUN_HASH: &str = "run";
pub const FIGURE_SCENE: &str = "The running system";
pub const COULD_NOT_GO_ON: &str =
    "The live figure met an error and stopped; this is the computed result. Reload to try again.";
pub const UNREADABLE_FIGURE: &str = "The live figure could not start; this is the computed result.";
pub const COMPUTED_RESULT: &str =
    "Computed in advance. Press Play to run the system from the beginning.";
pub const READY: &str = "Press Play to start. Nothing here can break for good: Reset and Undo bring \
     everything back.";
pub const NOTHING_LEFT: &str = "Nothing will ever happen in this system any more.";
pub const RESTARTED: &str = "Back to the beginning.";
pub const LINK_OPENED: &str = "This is the scenario from your link. Press Play to run it.";
pub const RESUMED: &str = "This is the scenario that you last worked on.";
pub const SCENARIO_LOADED: &str = "The new scenario is loaded.";
pub const FILE_UNREADABLE: &str = "This file cannot be read as text.";
pub const NOT_A_MOMENT: &str = "Write a moment such as \"30s\" or \"1.5s\".";
pub const MOMENT_IS_PAST: &str =
    "That moment is over. Reset first, then run to it: time only goes forward.";
pub const UNDONE: &str = "Undone.";
pub const REDONE: &str = "Done again.";

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

/// Why a link could not be opened; the present scenario stays.
pub fn link_refused(reason: &str) -> String {
    format!("This link cannot be opened: {reason} The scenario below is untouched.")
}

/// Why an edit did not work.
pub fn edit_refused(reason: &str) -> String {
    format!("That did not work: {reason}")
}

/// What is said when a node was added.
pub fn added(name: &str) -> String {
    format!("{name} was added.")
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
    format!("{name} is slow: everything takes {factor} times as long.")
}

/// What is said about a healed node.
pub fn healed(name: &str) -> String {
    format!("{name} works as it should again.")
}
