// The only script a page names. Every element works without it: what it adds is movement, copying and checking.
import "./copy-text.js";
import "./live-feed.js";
import "./receipt-check.js";
