// tries: to call the detector and switch it off
// score: 0
// says: uses AnnotateIgnoreReadsBegin, which no lab needs
// hook: AnnotateIgnoreReadsBegin("", 0)
void AnnotateIgnoreReadsBegin(const char *file, int line) __attribute__((weak));
