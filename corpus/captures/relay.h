/*
 * Two Linux hosts A and B on one machine, and the network between them.
 *
 * Each host is a network namespace of its own with one TUN device. Namespaces have no name and die
 * with the process: nothing is left behind, however it ends. The relay carries TCP packets between
 * the two devices by rules, and writes down what a router would see (LINKTYPE_LINUX_SLL2): every
 * packet once when it comes in and once each time that it goes out.
 */
#ifndef CAPTURES_RELAY_H
#define CAPTURES_RELAY_H

#include <stdbool.h>
#include <stddef.h>

enum { HOST_A, HOST_B, HOSTS };

/*
 * Makes both hosts (A 192.0.2.1 and 2001:db8::1, B 192.0.2.2 and 2001:db8::2) and opens the
 * capture. rules, one a line, say what befalls single packets; all others pass at once:
 *     drop A fin 1                    A's first FIN comes in and never goes out
 *     twice A data 2                  it goes out twice
 *     hold A data 2 until A data 3    it goes out right after that one
 *     again A syn 1 until B fin 1     it goes out at once, and once more after that one
 * Kinds: syn, syn-ack, data, fin, ack (nothing but an ACK), rst; the number counts packets of that
 * kind from that host, from 1, retransmissions included. A held packet is released when the awaited
 * one has come in, and goes out after it.
 */
void relay_open(const char *rules, const char *capture_path);

/* Carries packets until none has come for `quiet_ms`. */
void relay_settle(int quiet_ms);

/* Carries packets for that long. */
void relay_run(int ms);

/* Flushes and closes the capture. Returns the number of packets in it. */
unsigned relay_close(void);

/* A TCP socket of that host, not blocking. family AF_INET or AF_INET6. */
int relay_socket(int host, int family);

/* Sets a kernel parameter of both hosts: relay_sysctl("ipv4/tcp_timestamps", "0"). */
void relay_sysctl(const char *name, const char *value);

/* Says what failed, with errno, and ends the process. */
_Noreturn void relay_die(const char *what);

#endif
