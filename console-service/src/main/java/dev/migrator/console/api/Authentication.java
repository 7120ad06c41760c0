package dev.migrator.console.api;

import dev.migrator.core.error.Problem;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Deny by default: no call of the API without a known bearer token. Health and metrics are not part of the API. */
public class Authentication {
    /** Looked up per call: filters are made before there is any configuration. */
    @Inject
    Instance<Users> users;

    @Inject
    Caller caller;

    @ServerRequestFilter
    public void authenticate(ContainerRequestContext request) {
        var user = token(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> users.get().byToken(token));
        caller.is(user.orElseThrow(() -> new ApiProblem(
                401,
                Problem.of("CON-UNAUTHENTICATED", "the call carries no known token")
                        .expected("Authorization: Bearer <token>")
                        .todo("set MIGRATOR_TOKEN, or use --as with a user of the local stack"))));
    }

    private static Optional<String> token(String header) {
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }
}
