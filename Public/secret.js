import { byId } from "/dom.js";

/** Shows a new key, with a button that copies it. */
export function showSecret(key) {
  byId("key-text").value = key;
  byId("new-key").hidden = false;
  byId("copy-key").addEventListener("click", () => copy(key));
  byId("new-key").focus();
}

async function copy(key) {
  try {
    await navigator.clipboard.writeText(key);
    byId("copied").textContent = "Copied.";
  } catch {
    byId("key-text").select();
    byId("copied").textContent = "Your browser doesn't let pages copy here; the key is selected, so copy it with the keyboard.";
  }
}
