package org.anymod.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server listens and how much it takes on.
 *
 * @param host name or address to listen at
 * @param port port to listen at; 0 takes any free one
 * @param token what clients must send as {@code Authorization: Bearer}; empty lets everyone in
 * @param queue requests that may wait
 * @param parallel requests that run at the same time; those with the same plan run as one batch
 * @param timeout longest time that a request may run
 * @param grace time that accepted requests have to finish when the server is closed
 * @param maxBody largest request in bytes
 * @param maxSamples largest number of samples of a request
 * @param kept finished requests whose results are kept, the newest
 * @param examples samples of the validation split that are offered
 */
public record ServeSettings(
    String host,
    int port,
    Optional<String> token,
    int queue,
    int parallel,
    Duration timeout,
    Duration grace,
    int maxBody,
    int maxSamples,
    int kept,
    int examples) {
  private static final int SHORTEST_TOKEN = 16;

  /** What the command line starts with: this machine only, 32 waiting requests, a minute each. */
  public static final ServeSettings DEFAULTS =
      new ServeSettings(
          "127.0.0.1",
          8080,
          Optional.empty(),
          32,
          4,
          Duration.ofSeconds(60),
          Duration.ofSeconds(25),
          16 << 20,
          16,
          64,
          12);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the setting, what was found and what is allowed
   */
  public ServeSettings {
    range("port", port, 0, 65_535);
    range("queue", queue, 1, 10_000);
    range("parallel", parallel, 1, 64);
    range("max-body", maxBody, 1 << 10, 1 << 30);
    range("max-samples", maxSamples, 1, 1_000);
    range("kept", kept, 1, 100_000);
    range("examples", examples, 0, 1_000);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", must be positive");
    }
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7E]{" + SHORTEST_TOKEN + ",}")) {
      throw new IllegalArgumentException(
          "the token has "
              + token.get().length()
              + " characters, must have at least "
              + SHORTEST_TOKEN
              + ", letters, digits and signs of ASCII without blanks");
    }
  }

  private static void range(String name, long found, long min, long max) {
    if (found < min || found > max) {
      throw new IllegalArgumentException(
          name + " is " + found + ", must be from " + min + " to " + max);
    }
  }

  /**
   * Checks that nobody outside this machine gets in without a token.
   *
   * @throws IllegalArgumentException if the address is reachable from outside and there is no
   *     token, or there is no such address
   */
  public void checkReach() {
    if (!isLoopback() && token.isEmpty()) {
      throw new IllegalArgumentException(
          "host "
              + host
              + " can be reached from other machines; give a token (--token or ANYMOD_TOKEN) or"
              + " listen at 127.0.0.1");
    }
  }

  /** Returns whether only this machine can reach the server. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host '" + host + "' is no address of a machine", e);
    }
  }
}
