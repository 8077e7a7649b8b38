// tries: to tell ThreadSanitizer to report nothing
// score: 0
// says: defines __tsan_default_options
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "report_bugs=0";
}
