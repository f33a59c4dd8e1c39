package org.anymod.serve;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who gets in: clients with the token, or, where there is none, programs on this machine. */
final class Access {
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ServeSettings settings;

  Access(ServeSettings settings) {
    this.settings = settings;
  }

  /**
   * Checks what every request must fulfil.
   *
   * @throws RequestProblem with status 403 if another site's page sent it
   */
  void checkOrigin(Context context) {
    String host = context.header("Host");
    if (settings.token().isEmpty() && !isOwn(host)) {
      // A name that an attacker points at this machine would make their page one of this server.
      throw new RequestProblem(
          403, "the request is for host '" + host + "', without a token only localhost is served");
    }
    String origin = context.header("Origin");
    if (origin != null && !hostOf(origin).equals(Optional.ofNullable(host))) {
      throw new RequestProblem(403, "pages of other sites may not use this server");
    }
  }

  private boolean isOwn(String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    return LOCAL.contains(name) || name.equals(settings.host().toLowerCase(Locale.ROOT));
  }

  private static Optional<String> hostOf(String origin) {
    try {
      return Optional.ofNullable(new URI(origin).getAuthority());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks the token.
   *
   * @throws RequestProblem with status 401 if there is one and the client does not send it
   */
  void checkToken(Context context) {
    if (settings.token().isEmpty()) {
      return;
    }
    String header = context.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new RequestProblem(401, "send the token as 'Authorization: Bearer TOKEN'");
    }
    byte[] sent = header.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8);
    byte[] wanted = settings.token().get().getBytes(StandardCharsets.UTF_8);
    // Takes the same time wherever the first difference is.
    if (!MessageDigest.isEqual(sent, wanted)) {
      throw new RequestProblem(401, "the token is wrong");
    }
  }
}
