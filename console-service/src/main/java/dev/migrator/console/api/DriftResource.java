package dev.migrator.console.api;

import dev.migrator.console.work.DriftBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.DriftJson;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What is managed in an environment and is not as it was last applied there. */
@Path("api/v1/environments/{environment}/drift")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DriftResource {
    @Inject
    Caller caller;

    @Inject
    DriftBoard board;

    /** 503 while nothing is known that counts: that is not "no drift". */
    @GET
    public String get(@PathParam("environment") String environment) {
        caller.needs(Users.Role.VIEWER);
        try {
            return CanonicalJson.text(DriftJson.toValue(board.current(environment), board.now()));
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    /** 202: asked for. The report that answers carries the id as {@code answers}. */
    @POST
    @Path("checks")
    public Response check(@PathParam("environment") String environment) {
        caller.needs(Users.Role.VIEWER);
        try {
            var id = board.ask(environment, caller.name());
            return Response.accepted(CanonicalJson.text(Value.object("id", Value.of(id))))
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
