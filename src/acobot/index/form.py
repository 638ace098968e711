"""From how many passages on an index is stored for size and not bit by bit as small ones are. One place for it."""

# Up to here all is kept exactly: a question is compared with each vector in some 10 ms, and word pieces take 3 GB.
# Past it the comparison would take longer than encoding the question, and the files more than a small machine's memory.
LARGE_FROM = 50_000
