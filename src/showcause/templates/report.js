"use strict";
(() => {
  const form = document.querySelector(".filters");
  const cards = [...document.querySelectorAll(".card")];
  const tally = document.querySelector(".tally");
  const back = document.querySelector(".back");
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const value = (name) => form.elements[name].value;

  const fits = (card) => {
    const reading = value("reading"), verdict = value("verdict");
    const answers = card.dataset.answers.split(" ").map((a) => a.split(":"))
      .filter(([r]) => !reading || r === reading).map(([, v]) => v);
    const told = verdict === "parts" ? card.dataset.parts === "yes"
      : verdict ? answers.includes(verdict) : answers.some((v) => v !== "silent");
    return told
      && (!value("requirement") || card.dataset.requirement === value("requirement"))
      && (!value("document") || card.dataset.document === value("document"))
      && value("words").toLowerCase().split(/\s+/).every((word) => words.get(card).includes(word));
  };
  const filter = () => {
    let n = 0;
    for (const card of cards) {
      const shown = fits(card);
      card.parentElement.hidden = !shown;
      n += shown ? 1 : 0;
    }
    tally.textContent = `${n} of ${cards.length} findings.`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();

  let from = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.dataset.requirement) {
      form.elements.requirement.value = link.dataset.requirement;
      filter();
    }
    const target = document.getElementById(link.hash.slice(1));
    if (link === back) {
      event.preventDefault();
      back.hidden = true;
      if (from) { from.scrollIntoView({ block: "center" }); from.focus({ preventScroll: true }); }
    } else if (target && target.classList.contains("at")) {
      from = link;
      back.hidden = false;
    }
  });
  const open = () => { for (const d of document.querySelectorAll("details")) d.open = true; };
  window.addEventListener("beforeprint", open);
})();
