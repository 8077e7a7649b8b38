// tries: to ask Valgrind, in the way that its headers do, whether it is there
// score: 0
// says: inline assembly
// hook: ask()
static inline void ask(void)
{
#if defined(__x86_64__)
    __asm__ volatile("rolq $3, %%rdi; rolq $13, %%rdi\n\t"
                     "rolq $61, %%rdi; rolq $51, %%rdi\n\t"
                     "xchgq %%rbx, %%rbx" ::
                         : "rdi");
#else
    __asm__ volatile("nop");
#endif
}
