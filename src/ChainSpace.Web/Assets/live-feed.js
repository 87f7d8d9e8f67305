// <live-feed src="…/feed" polls="/s/…/polls/">: the latest entries of a space while somebody looks. The stream is closed
// while the page is hidden, because a browser gives one site only six connections over HTTP/1.1.
const shown = 4;

const words = {
  Register: "registered", PostPoll: "posted a poll", Vote: "voted", SealedVote: "cast a sealed vote",
  PostBatch: "posted a batch", CloseBatch: "closed a batch", PostJob: "posted a job", CancelJob: "took a job back",
  ApplyForJob: "applied for a job", AssignJob: "gave a job to an applicant", ClaimJob: "took a job", LeaveJob: "left a job",
  CommitWork: "entered a contest", SubmitWork: "handed in work", AcceptWork: "accepted work", DeclineWork: "declined work",
  RequestRevision: "sent work back", CounterOffer: "offered to settle", ReportCheck: "reported a check of work",
  RateJob: "rated the other side, sealed", OpenRating: "opened a rating", Admit: "let an account into a poll",
  ExtendPoll: "extended a poll", OpenVote: "opened a vote", RevealGold: "showed a known answer",
  ClosePoll: "closed a poll", CancelPoll: "cancelled a poll", Delegate: "added a session key",
  Revoke: "ended a session key", EraseContent: "had a text erased", Conclude: "saw a poll reach its certainty",
  Openings: "opened sealed votes", ReportBlock: "reported a block", Tick: "let time pass", Credit: "gave play money",
  Attest: "attested a person",
  Withdraw: "took money out", Expedite: "paid for an early anchor", ReportDeposit: "reported a deposit",
  ReportAnchor: "reported an anchor", Bonus: "paid a bonus",
};

const short = (id) => `${id.slice(0, 6)}…${id.slice(-4)}`;

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

class LiveFeed extends HTMLElement {
  connectedCallback() {
    this.state = element("p", "feed-state");
    this.list = element("ol", "feed-list");
    this.list.setAttribute("aria-label", "Latest entries");
    this.replaceChildren(element("div", "strip", this.state, this.list));
    this.follow = () => (document.hidden ? this.close() : this.open());
    document.addEventListener("visibilitychange", this.follow);
    this.follow();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.follow);
    this.close();
  }

  open() {
    if (this.stream) return;
    this.say("waiting", "Connecting…");
    this.stream = new EventSource(this.getAttribute("src"));
    this.stream.onopen = () => this.say("live", this.list.firstChild ? "Live" : "Live: nothing has happened since you came");
    this.stream.onerror = () =>
      this.say("broken", "The live feed is not reachable; trying again. The list below is as you loaded it.");
    this.stream.onmessage = (event) => this.show(event.data);
    this.stream.addEventListener("entry", this.stream.onmessage);
  }

  close() {
    this.stream?.close();
    this.stream = null;
  }

  say(state, text) {
    this.state.dataset.state = state;
    this.state.textContent = text;
  }

  show(data) {
    let item;
    try {
      item = JSON.parse(data);
    } catch {
      return;
    }
    this.say("live", "Live");
    this.list.prepend(this.line(item));
    while (this.list.children.length > shown) this.list.lastChild.remove();
  }

  line(item) {
    const who = element("code", "", short(item.account));
    const line = element("li", "", who, ` ${words[item.type] ?? item.type} `);
    if (item.poll) {
      const link = element("a", "", "see poll");
      link.href = this.getAttribute("polls") + encodeURIComponent(item.poll);
      line.append(link);
    }
    return line;
  }
}

customElements.define("live-feed", LiveFeed);
