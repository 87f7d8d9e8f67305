// <receipt-check src="…" space="0x…" index="…">: checks the receipt in this browser and says which links it checked itself.
import { verifyReceipt } from "./verify-receipt.js";

class ReceiptCheck extends HTMLElement {
  async connectedCallback() {
    // WebCrypto is only there over https and on localhost.
    if (!globalThis.crypto?.subtle)
      return this.conclude("unchecked", "Your browser checks receipts only over https or on localhost.");
    this.conclude("waiting", "Your browser is checking…");
    let receipt;
    try {
      const answer = await fetch(this.getAttribute("src"));
      if (!answer.ok) throw new Error(`the node answered ${answer.status}`);
      receipt = await answer.json();
    } catch (failure) {
      return this.conclude("unchecked", `The receipt could not be fetched, so nothing was checked: ${failure.message}.`);
    }
    const findings = await verifyReceipt(receipt, {
      space: this.getAttribute("space"),
      index: this.getAttribute("index"),
      entry: document.querySelector("[data-entry]").textContent,
    });
    findings.forEach((finding) => this.report(finding));
    this.sumUp(findings);
  }

  report({ link, state, text }) {
    const item = this.querySelector(`[data-link="${link}"]`);
    if (!item) return;
    item.dataset.state = state;
    item.querySelector("[data-finding]").textContent = text;
  }

  sumUp(findings) {
    const count = (state) => findings.filter((finding) => finding.state === state).length;
    if (count("failed") > 0)
      this.conclude("failed", `Do not rely on this receipt: ${count("failed")} of ${findings.length} links failed.`);
    else if (count("unchecked") > 0)
      this.conclude("unchecked", `Your browser checked ${count("ok")} of ${findings.length} links; it cannot check the rest.`);
    else this.conclude("ok", `Your browser checked all ${findings.length} links itself. The receipt holds.`);
  }

  conclude(state, text) {
    const verdict = this.querySelector("[data-verdict]");
    verdict.dataset.state = state;
    verdict.textContent = text;
  }
}

customElements.define("receipt-check", ReceiptCheck);
