"""Modules and names of Python that POSIX has and Windows has not."""

BLOCKED_MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
POSIX_NAMES: dict[str, tuple[str, ...]] = {
    "os": (
        *("O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC"),
        *("chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid"),
        *("geteuid", "getgid", "getloadavg", "getpgid", "getpgrp", "killpg", "lchown"),
        *("lockf", "mkfifo", "mknod", "nice", "openpty", "pathconf", "pidfd_open", "pread"),
        *("posix_fallocate", "posix_fadvise", "posix_spawn", "pwrite", "sendfile", "setegid"),
        *("seteuid", "setgid", "setpgid", "setpriority", "setsid", "setuid", "statvfs"),
        *("sync", "sysconf", "tcgetpgrp", "tcsetpgrp", "ttyname", "uname", "wait3", "wait4"),
    ),
    "signal": (
        *("SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGPIPE", "SIGQUIT", "SIGSTOP"),
        *("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGUSR1", "SIGUSR2", "SIGWINCH", "alarm", "pause"),
        *("pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt", "sigwait"),
    ),
    "time": ("tzset",),
}
"""What Windows' Python does not have, of what a program might use."""
