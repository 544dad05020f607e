import { make } from "/dom.js";

/** Clears what a form's fields and its box said. */
export function clearProblem(form, box) {
  box.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const note of form.querySelectorAll(".field-problem")) note.remove();
}

/** Says beside each field what it must be, and in the box whatever belongs to no field. `goes`: to the first bad field. */
export function showProblem(error, form, box, { goes = true } = {}) {
  const left = [];
  for (const { pointer, detail } of error.errors ?? []) {
    const field = form.querySelector(`[data-pointer="${CSS.escape(pointer ?? "")}"]`);
    if (field) mark(field, detail);
    else left.push(`${pointer ?? ""} ${detail}`.trim());
  }
  const isSaid = error.errors?.length && !left.length;
  box.textContent = [isSaid ? "Please look at the marked fields." : error.message, ...left].join("\n");
  if (goes) form.querySelector("[aria-invalid]")?.focus();
}

function mark(field, detail) {
  const note = make("span.field-problem", { id: `${field.id}-problem` }, `This ${detail}.`);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
  field.after(note);
}

/** Runs an act once at a time with its button busy, and shows what goes wrong. */
export async function attempt(act, { form, box, button }) {
  if (button?.getAttribute("aria-busy") === "true") return;
  clearProblem(form, box);
  button?.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    showProblem(error, form, box);
  } finally {
    button?.removeAttribute("aria-busy");
  }
}
