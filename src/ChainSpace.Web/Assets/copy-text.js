// <copy-text text="…" label="…">: a button that copies what the page shows shortened.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.firstChild || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.title = button.ariaLabel = this.getAttribute("label");
    button.append(icon());
    button.addEventListener("click", () => this.copy(button));
    this.append(button);
  }

  async copy(button) {
    await navigator.clipboard.writeText(this.getAttribute("text"));
    button.classList.add("copied");
    button.ariaLabel = "Copied";
    setTimeout(() => {
      button.classList.remove("copied");
      button.ariaLabel = this.getAttribute("label");
    }, 1500);
  }
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z");
  svg.append(path);
  return svg;
}

customElements.define("copy-text", CopyText);
