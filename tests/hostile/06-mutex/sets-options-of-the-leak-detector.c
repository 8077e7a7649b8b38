// tries: to tell the detectors to end well
// score: 0
// says: defines __lsan_default_options
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "exitcode=0";
}
