// tries: to receive the detector's reports itself
// score: 0
// says: defines __tsan_on_report
void __tsan_on_report(void *report);
void __tsan_on_report(void *report)
{
    (void)report;
}
