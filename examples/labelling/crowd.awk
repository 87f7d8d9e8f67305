# A simulated crowd, the same on every machine: nine workers, each picture labelled by five of them.
# awk -v votes=votes.csv -v truth=truth.csv -f crowd.awk
function chance() { state = (state * 16807) % 2147483647; return state / 2147483647 }
function other(label,  pick) { do pick = names[1 + int(chance() * 3)]; while (pick == label); return pick }
BEGIN {
  state = 2026
  split("cat dog fox", names, " ")
  split("0.95 0.92 0.9 0.9 0.85 0.8 0.8 0.7 0.4", skill, " ")
  print "task,worker,label" > votes
  print "task,label" > truth
  for (task = 1; task <= 40; task++) {
    label = names[1 + int(chance() * 3)]
    print "picture-" task "," label > truth
    for (turn = 0; turn < 5; turn++) {
      worker = 1 + (task * 4 + turn * 2) % 9
      print "picture-" task ",worker-" worker "," (chance() < skill[worker] ? label : other(label)) > votes
    }
  }
}
