import { post } from "/api.js";
import { byId } from "/dom.js";

byId("claim").addEventListener("click", async () => {
  try {
    const { key } = await post("/v1/admin/claim", { token: location.hash.slice(1) });
    byId("key").textContent = key.key;
    byId("key").hidden = false;
    byId("claim").disabled = true;
  } catch (error) {
    byId("problem").textContent = error.message;
  }
});
