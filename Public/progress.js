import { get } from "/api.js";
import { byId } from "/dom.js";
import { languageName } from "/words.js";

/** Says who is here: languages, tiers, and what the next tier still asks. Answers what the server knows of them. */
export async function showMe() {
  const me = await get("/v1/me");
  const spoken = me.languages.map(({ language, accent, tier, progress }) =>
    `${languageName(language) || language}${accent ? ` (${accent})` : ""}, ${tier}: ${progress.sentence}`);
  byId("who-text").textContent = me.display_name ? `${me.display_name}: ${spoken.join(" ")}` : spoken.join(" ");
  return me;
}
