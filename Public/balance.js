import { get } from "/api.js";
import { byId } from "/dom.js";
import { exactMoney, money } from "/money.js";

/** Shows the balance wherever the page has it. */
export async function showBalance() {
  const { available } = await get("/v1/me/balance");
  byId("balance-now").textContent = money(available);
  byId("balance").textContent = money(available);
  byId("balance").title = exactMoney(available);
  byId("balance").dataset.amount = available.amount;
}
