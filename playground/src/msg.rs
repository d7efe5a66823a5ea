//! What has happened, in the past tense: by the reader, by the session or by the browser.

use simulator::Kind;

use crate::dial::Turn;
use crate::kept::Slot;
use crate::sample::Sample;
use diagram::Control;

/// Everything that the model can learn.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Play or Pause, whichever was showing.
    PressedPlay,
    /// One event, please.
    PressedStep,
    /// Back to time zero: in a figure with the author's system, in the playground with the reader's.
    PressedReset,
    /// The speed slider is at this place, 0 to 100.
    MovedSpeed(f64),
    /// A speed was written.
    EnteredSpeed(String),
    /// A moment to run to was entered.
    EnteredGoal(String),
    /// Moving dots were switched on or off by hand.
    ToggledMotion,

    /// One of the figure's controls was turned.
    TurnedDial(Control, Turn),
    /// A text is being typed into the field with this key.
    Typed(String, String),
    /// The field has lost the focus.
    LeftField,
    /// What stands in the field with this key was given up: the value that holds is to come back.
    GaveUpField(String),
    /// The slider was let go: the next movement is another step of undo.
    SettledDial,
    /// The node that the fault buttons act on was chosen.
    ChoseFaultNode(String),
    /// A fault button was pressed; without a name it means the chosen node.
    PressedFault(Fault, Option<String>),

    /// A node was selected.
    SelectedNode(String),
    /// A node was pressed: it is selected, and a figure shows what is known of it.
    OpenedNode(String),
    /// What a figure shows of a node was closed.
    ClosedCard,
    /// Nothing is selected any more.
    ClearedSelection,
    /// An arrow key was pressed in the scene.
    PressedArrow(Direction),
    /// An arrow key with Alt was pressed in the scene: the node itself moves.
    NudgedNode(Direction),
    /// One more server.
    PressedAddServer,
    /// One server fewer.
    PressedRemoveServer,

    /// A kind of the palette was pressed.
    PressedAdd(Kind),
    /// The selected node was doubled.
    PressedDuplicate,
    /// The selected node was deleted.
    PressedDelete,
    /// The selected node was given another name.
    EnteredName(String),
    /// A field of the inspector was changed: its path in the document, and the text.
    EnteredSetting(String, String),
    /// The node to connect the selected one to was chosen.
    ChoseTarget(String),
    /// The node that the selected one would be connected from was chosen.
    ChoseSource(String),
    /// Two nodes were connected.
    Connected(String, String),
    /// Two nodes were disconnected.
    Disconnected(String, String),
    /// The pointer drags a node; the point is in the layout's units.
    DraggedNode(String, (f64, f64)),
    /// The pointer let the dragged node go.
    DroppedNode,
    /// The pointer draws a link out of a node; the point is in the layout's units.
    DraggedLink(String, (f64, f64)),
    /// The pointer let the end of that link go.
    DroppedLink,
    /// The drag was given up.
    CancelledDrag,

    /// One step back.
    PressedUndo,
    /// One step forward again.
    PressedRedo,
    /// A panel of the toolbar was opened, or closed when it was open.
    ToggledPanel(Panel),
    /// The text to import was edited.
    EditedImport(String),
    /// The import was asked for.
    PressedImport,
    /// A file was read, or could not be.
    ReadFile(Option<String>),
    /// The scenario was asked for as a file.
    PressedDownload,
    /// The scenario was asked for on the clipboard.
    PressedCopyScenario,
    /// The link was asked for on the clipboard.
    PressedCopyLink,
    /// Back to the scenario that the work began with; from there, to the playground's example.
    PressedStartOver,
    /// A share link was made.
    MadeLink {
        /// The whole address.
        link: String,
        /// Whether it reproduces the run exactly.
        is_exact: bool,
    },
    /// No share link could be made, for this reason.
    FailedLink(String),
    /// Copying worked, or did not.
    Copied(bool),
    /// The address of the page got this share code.
    OpenedLink(String),
    /// The work in this slot was asked for.
    PressedKept(Slot),
    /// This is what lies in the slot.
    Loaded(Slot, Option<String>),
    /// The browser kept the work in this slot, or refused to.
    Saved(Slot, bool),

    /// The session reports.
    Sampled(Box<Sample>),
    /// One event was carried out; this is what it was.
    Stepped(Option<String>),
    /// The running system refused an edit.
    EditRefused(String),
    /// The moment of "run to" is reached.
    ReachedGoal,
    /// There is something to say.
    Spoke(String),

    /// The figure came on screen or left it.
    ChangedVisibility(bool),
    /// The reader's system asks for less motion, or no longer.
    ChangedMotion(bool),
}

impl Msg {
    /// Whether the reader did something to the system or to its run. Looking around, typing and
    /// dragging are no acts until they are finished.
    #[must_use]
    pub const fn is_act(&self) -> bool {
        matches!(
            self,
            Self::PressedPlay
                | Self::PressedStep
                | Self::PressedReset
                | Self::EnteredGoal(_)
                | Self::TurnedDial(..)
                | Self::PressedFault(..)
                | Self::NudgedNode(_)
                | Self::PressedAdd(_)
                | Self::PressedDuplicate
                | Self::PressedDelete
                | Self::EnteredName(_)
                | Self::EnteredSetting(..)
                | Self::Connected(..)
                | Self::Disconnected(..)
                | Self::EnteredSpeed(_)
                | Self::DroppedNode
                | Self::DroppedLink
                | Self::PressedUndo
                | Self::PressedRedo
                | Self::ToggledPanel(_)
                | Self::PressedImport
                | Self::ReadFile(_)
                | Self::PressedStartOver
                | Self::PressedKept(_)
        )
    }

    /// Whether it matters at which very moment of the run it happened.
    #[must_use]
    pub const fn is_momentary(&self) -> bool {
        matches!(
            self,
            Self::PressedFault(..) | Self::PressedUndo | Self::PressedRedo
        )
    }
}

/// What can be done to a node so that it works worse, or well again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It refuses every connection.
    Kill,
    /// Everything takes longer.
    Slow,
    /// As it should be.
    Heal,
}

/// Where an arrow key points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the left.
    Left,
    /// Towards the right.
    Right,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

impl Direction {
    /// The step that it makes: to the right and downwards.
    #[must_use]
    pub const fn step(self) -> (i32, i32) {
        match self {
            Self::Left => (-1, 0),
            Self::Right => (1, 0),
            Self::Up => (0, -1),
            Self::Down => (0, 1),
        }
    }
}

/// What opens under the toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Bring a scenario in.
    Import,
    /// Take the scenario out.
    Export,
    /// A link to this very run.
    Share,
}
