// What Linux offers and Swift's Glibc module does not. No _GNU_SOURCE here: it would change the
// headers that Swift has already imported; the .c file has it.
#ifndef SALLYPORT_CLINUX_H
#define SALLYPORT_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

/// accept4(2). Returns the descriptor, or -1 with errno set.
int sp_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);

/// getrandom(2), whole: fills all `count` bytes. Returns 0, or -1 with errno set.
int sp_random(void *bytes, size_t count);

/// SO_PEERCRED of a connected unix-domain socket. Returns 0, or -1 with errno set.
int sp_peer_credentials(int fd, uint32_t *pid, uint32_t *uid, uint32_t *gid);

/// Names the calling thread for `ps` and `perf`; longer names than 15 bytes are cut.
void sp_name_thread(const char *name);

/// The calling thread's shard of the metrics' cells; 0 is shared by all that took none.
uint32_t sp_metric_shard(void);

/// Gives the calling thread a shard that is its own for good.
void sp_set_metric_shard(uint32_t shard);

#endif
