//! The nodes as a table: everything that the picture shows, for those who do not see it.

use yew::prelude::*;

use super::Ui;
use crate::text;

/// The table, behind a line that opens it.
pub fn view_table(ui: &Ui<'_>) -> Html {
    let Some(sample) = &ui.model.sample else {
        return Html::default();
    };
    let table = &sample.nodes;
    html! {
        <details class="node-table-details">
            <summary>{ text::NODES_AS_A_TABLE }</summary>
            // Named by its figure, because a page has many.
            <div class="table-scroll" tabindex="0" role="region"
                aria-label={[text::NODES_AS_A_TABLE, ui.model.document().title()].join(": ")}>
                <table class="node-table">
                    <caption>{ &table.caption }</caption>
                    <thead><tr>
                        { for table.head.iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for table.rows.iter().map(|row| view_row(row)) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

fn view_row(row: &[String]) -> Html {
    let Some((name, cells)) = row.split_first() else {
        return Html::default();
    };
    html! {
        <tr key={name.clone()}>
            <th scope="row">{ name }</th>
            { for cells.iter().map(|cell| html! { <td>{ cell }</td> }) }
        </tr>
    }
}
