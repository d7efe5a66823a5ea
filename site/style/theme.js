// The reader's choice of colours: as the system says, light, or dark.
// Loaded before the first paint, so that a page never shows the wrong colours first.

(() => {
  const KEY = "zero-to-a-million.theme";
  const CHOICES = ["auto", "light", "dark"];
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }

  let choice = CHOICES.includes(stored()) ? stored() : "auto";

  function apply() {
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
  }

  function show(button) {
    button.dataset.choice = choice;
    const word = choice[0].toUpperCase() + choice.slice(1);
    // The name has to contain the words that can be seen, for those who speak to their computer.
    button.setAttribute("aria-label", `Colours: ${word}`);
    const label = button.querySelector("[data-theme-label]");
    if (label) label.textContent = word;
  }

  apply();

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      show(button);
      button.hidden = false;
      button.addEventListener("click", () => {
        choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
        try {
          if (choice === "auto") localStorage.removeItem(KEY);
          else localStorage.setItem(KEY, choice);
        } catch {
          // See above.
        }
        apply();
        show(button);
      });
    }
  });
})();
