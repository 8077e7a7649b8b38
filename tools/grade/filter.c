// filter: writes the seccomp filter of the jail to standard output, for bwrap's
// option --seccomp: seccomp(2), seccomp_export_bpf(3).
//
// Most of what a program may not do, namespaces and missing capabilities see
// to. This is for the rest: memory that belongs to no process, so that the
// watch over the memory would not see it, looking into other processes, and
// parts of the kernel that no lab needs and that have often been broken. Such a
// call fails with EPERM.
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const refused[] = {
    "memfd_create",
    "memfd_secret",
    "shmget",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "kcmp",
    "pidfd_getfd",
    "userfaultfd",
    "perf_event_open",
    "bpf",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "keyctl",
    "add_key",
    "request_key",
    "mq_open",
    "name_to_handle_at",
    "open_by_handle_at",
    "lookup_dcookie",
    "quotactl",
    "acct",
    "syslog",
};

static int fill(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int call = seccomp_syscall_resolve_name(refused[i]);

        // Older systems do not know all of them.
        if (call == __NR_SCMP_ERROR)
            continue;
        int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
        if (error < 0)
            return error;
    }
    return seccomp_export_bpf(filter, STDOUT_FILENO);
}

int main(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int error = filter != NULL ? fill(filter) : -ENOMEM;

    if (error < 0)
        fprintf(stderr, "filter: cannot make the seccomp filter: %s\n",
                strerror(-error));
    if (filter != NULL)
        seccomp_release(filter);
    return error < 0;
}
