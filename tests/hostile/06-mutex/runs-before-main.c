// tries: to run before the detectors look
// score: 0
// says: an ifunc, .*, which runs before main
static void *choose(void)
{
    return (void *)0;
}
void chosen(void) __attribute__((ifunc("choose")));
