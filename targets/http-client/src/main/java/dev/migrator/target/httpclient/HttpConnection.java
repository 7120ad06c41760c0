package dev.migrator.target.httpclient;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.Reach;
import dev.migrator.target.TargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How to reach a system over HTTP, from its configuration and credential. No message shows a credential's values.
 *
 * @param system what people call it, with its article, e.g. {@code a registry}
 * @param addressLike what its address looks like, e.g. {@code http:// or https://, and host}
 */
public record HttpConnection(String system, String addressLike) {
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * The API's address without a slash at the end.
     *
     * @throws TargetException.Refused {@code TGT-ADDRESS} if it is no URL for HTTP without a user, query or fragment
     */
    public String base(TargetConfig config) throws TargetException.Refused {
        var address = config.address();
        try {
            var uri = new URI(address);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return address.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            throw badAddress(config, e);
        }
        throw badAddress(config, null);
    }

    /**
     * Value of the header {@code Authorization}, empty without credential.
     *
     * @throws TargetException.Refused {@code TGT-CREDENTIAL} unless it is a user with a password, or a token
     */
    public Optional<String> authorization(String target, Map<String, String> credentials)
            throws TargetException.Refused {
        var names = Set.copyOf(credentials.keySet());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (names.equals(Set.of(TOKEN))) {
            return Optional.of("Bearer " + credentials.get(TOKEN).strip());
        }
        if (names.equals(Set.of(USERNAME, PASSWORD))) {
            var pair = credentials.get(USERNAME) + ":" + credentials.get(PASSWORD);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        throw new TargetException.Refused(
                Problem.of("TGT-CREDENTIAL", "the credential is none for " + system)
                        .about("target " + target)
                        .expected("the properties username and password, or token")
                        .found("the properties " + new TreeSet<>(names))
                        .todo("correct the credential's file"),
                null);
    }

    private TargetException.Refused badAddress(TargetConfig config, Exception cause) {
        return new TargetException.Refused(
                Problem.of("TGT-ADDRESS", "the address is none of " + system)
                        .about("target " + config.name())
                        .expected(addressLike)
                        .found(withoutUser(config.address()))
                        .todo("correct the target's address in environments.yaml"),
                cause);
    }

    /**
     * Why a server cannot be reached at that address, empty when nothing was found. Never throws.
     *
     * @param atMost bound of each step
     */
    public static List<Problem> unreachable(TargetConfig config, Duration atMost) {
        URI address;
        try {
            address = new URI(config.address());
        } catch (URISyntaxException _) {
            return List.of();
        }
        if (address.getHost() == null) {
            return List.of();
        }
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        return new Reach(atMost).problem(address.getHost(), port, tls).stream().toList();
    }

    private static String withoutUser(String address) {
        return address.replaceAll("//[^/@]*@", "//…@");
    }
}
