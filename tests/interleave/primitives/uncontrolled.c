// Uses what interleave does not control, and goes on all the same.
#include <dlfcn.h>
#include <setjmp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static jmp_buf back;
static ucontext_t here, there;
static char room[65536];

static void switch_back(void)
{
    swapcontext(&there, &here);
}

static void switch_contexts(void)
{
    getcontext(&there);
    there.uc_stack.ss_sp = room;
    there.uc_stack.ss_size = sizeof room;
    makecontext(&there, switch_back, 0);
    swapcontext(&here, &there);
}

int main(void)
{
    alarm(100);
    if (setjmp(back) == 0)
        longjmp(back, 1);
    if (vfork() == 0) // NOLINT: that it is named is the test
        _exit(0);
    wait(NULL);
    switch_contexts();
    __asm__ volatile("nop");
    int timer = timerfd_create(0, 0);
    if (system("exit 3") != 3 << 8 || dlopen(NULL, RTLD_NOW) == NULL)
        return 1;
    close(timer);
    return 0;
}
