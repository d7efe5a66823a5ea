//! What opens under the toolbar: import, export, share.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use crate::model::Problem;
use crate::msg::{Msg, Panel};
use crate::text;

/// The open panel, if one is open.
pub fn view_exchange(ui: &Ui<'_>) -> Html {
    let Some(panel) = ui.model.panel else {
        return Html::default();
    };
    let (label, body) = match panel {
        Panel::Import => (text::IMPORT, view_import(ui)),
        Panel::Export => (text::EXPORT, view_export(ui)),
        Panel::Share => (text::SHARE, view_share(ui)),
    };
    let tell = ui.tell.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            tell.emit(Msg::ToggledPanel(panel));
        }
    });
    html! {
        <section class="exchange" key={label} aria-label={label} {onkeydown}>
            <h2 class="panel-title">{ label }</h2>
            { body }
        </section>
    }
}

fn view_import(ui: &Ui<'_>) -> Html {
    let read_file = ui.read_file.clone();
    let chose = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(file) = input
            .and_then(|input| input.files())
            .and_then(|files| files.get(0))
        {
            read_file.emit(file);
        }
    });
    let field = format!("{}-import", ui.id);
    html! {
        <>
            <label for={field.clone()}>{ text::IMPORT_HINT }</label>
            <textarea id={field} spellcheck="false" value={ui.model.import.clone()}
                aria-invalid={(!ui.model.problems.is_empty()).to_string()}
                oninput={ui.on_input(Msg::EditedImport)} />
            if !ui.model.problems.is_empty() {
                <ul class="problems" role="alert">
                    { for ui.model.problems.iter().map(view_problem) }
                </ul>
            }
            <div class="action-row">
                { Button::new(text::LOAD_SCENARIO, Msg::PressedImport).main().view(ui) }
                // A browser's own button for files looks like nothing else on the page.
                <label class="button file-button">
                    <input class="visually-hidden" type="file" accept=".toml,text/plain" onchange={chose} />
                    { text::CHOOSE_FILE }
                </label>
                { view_close(ui) }
            </div>
        </>
    }
}

fn view_problem(problem: &Problem) -> Html {
    let (line, column) = problem.place;
    html! {
        <li>
            { format!("{line}:{column}: {}", problem.message) }
            if let Some(help) = &problem.help {
                <span class="help">{ help }</span>
            }
        </li>
    }
}

fn view_export(ui: &Ui<'_>) -> Html {
    let field = format!("{}-export", ui.id);
    html! {
        <>
            <label for={field.clone()}>{ text::EXPORT_HINT }</label>
            <textarea id={field} readonly=true spellcheck="false" value={ui.model.design().to_toml()} />
            <div class="action-row">
                { Button::new(text::DOWNLOAD, Msg::PressedDownload).main().view(ui) }
                { Button::new(text::COPY, Msg::PressedCopyScenario).view(ui) }
                { view_close(ui) }
            </div>
        </>
    }
}

fn view_share(ui: &Ui<'_>) -> Html {
    let field = format!("{}-link", ui.id);
    let link = ui.model.link.clone().unwrap_or_default();
    html! {
        <>
            <label for={field.clone()}>{ text::SHARE_HINT }</label>
            <input id={field} class="field" type="text" readonly=true value={link} />
            if !ui.model.is_link_exact {
                <p class="setting-error">{ text::LINK_NOT_EXACT }</p>
            }
            <div class="action-row">
                { Button::new(text::COPY, Msg::PressedCopyLink).main().view(ui) }
                { view_close(ui) }
            </div>
        </>
    }
}

fn view_close(ui: &Ui<'_>) -> Html {
    let panel = ui.model.panel;
    panel.map_or_else(Html::default, |panel| {
        Button::new(text::CLOSE, Msg::ToggledPanel(panel))
            .once()
            .view(ui)
    })
}
