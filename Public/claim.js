import { post } from "/api.js";
import { byId } from "/dom.js";
import { attempt } from "/problem.js";
import { showSecret } from "/secret.js";

const form = byId("claim-form");
const token = location.hash.slice(1);
const box = byId("claim-problem");
const button = byId("claim-button");

if (!token) {
  box.textContent = "This page needs the whole link that the server printed when it started, with what stands behind the #.";
  button.disabled = true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(claim, { form, box, button });
});

async function claim() {
  const name = byId("claim-name").value.trim();
  const { key } = await post("/v1/admin/claim", { token, ...(name && { name }) }).catch(explain);
  history.replaceState(null, "", location.pathname);
  form.hidden = true;
  showSecret(key.key);
}

/** The server doesn't tell a used link from a wrong one. */
function explain(error) {
  if (error.status !== 404) throw error;
  throw new Error("This link was used already, or is not the whole link. On the server's machine, “fairvoice admin create” makes an admin key.");
}
