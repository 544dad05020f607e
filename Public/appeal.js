import { post } from "/api.js";
import { byId, show } from "/dom.js";
import { attempt } from "/problem.js";

const states = {
  open: "You appealed. Fresh listeners, who know neither the first verdict nor that it is an appeal, decide; so may an admin.",
  granted: "Your appeal was granted, and the recording is paid.", refused: "Your appeal was refused",
  withdrawn: "Your appeal ended when you withdrew the recording.",
};

/** Says where the appeal of a recording stands, or offers one for a rejection that somebody could listen to. */
export function showAppeal(recording, again) {
  const { appeal } = recording;
  const canAppeal = recording.status === "rejected" && !appeal && Boolean(recording.duration_seconds);
  show(byId("appeal-part"), Boolean(appeal) || canAppeal);
  show(byId("appeal-form"), canAppeal);
  const why = appeal?.status === "refused" ? `: ${appeal.reasons.join(", ")}.` : "";
  byId("appeal-state").textContent = appeal ? states[appeal.status] + why : "";
  byId("appeal-form").onsubmit = (event) => {
    event.preventDefault();
    const text = byId("appeal-text").value.trim();
    attempt(async () => {
      await post(`/v1/recordings/${recording.id}/appeal`, text ? { text } : {});
      await again();
    }, { form: byId("appeal-form"), box: byId("appeal-problem"), button: byId("appeal-button") });
  };
}
