package dev.migrator.console.api;

import dev.migrator.console.work.SnapshotBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** The snapshots of an environment. */
@Path("api/v1/environments/{environment}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EnvironmentSnapshotsResource {
    /** Each is an object to be read. */
    private static final int MOST = 1_000;

    @Inject
    Caller caller;

    @Inject
    SnapshotBoard board;

    /** Newest first. */
    @GET
    public String list(
            @PathParam("environment") String environment, @QueryParam("limit") @DefaultValue("50") int limit) {
        caller.needs(Users.Role.VIEWER);
        try {
            return CanonicalJson.text(
                    board.list(environment, Requests.limit(limit, MOST)).toValue());
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    /** 202: ordered. What becomes of it is asked for under the order's id. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response order(@PathParam("environment") String environment, byte[] body) {
        caller.needs(Users.Role.OPERATOR);
        var request = Requests.object(body, Set.of("id", "target"));
        var id = Requests.text(request, "id");
        try {
            board.order(environment, id, Requests.optionalText(request, "target"), caller.name());
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
        return Response.accepted(CanonicalJson.text(Value.object("id", Value.of(id))))
                .build();
    }

    @GET
    @Path("orders/{order}")
    public String ordered(@PathParam("environment") String environment, @PathParam("order") String order) {
        caller.needs(Users.Role.VIEWER);
        try {
            return CanonicalJson.text(board.ordered(environment, order));
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    /** Where one entry changed, and which migrations wrote it, newest first. */
    @GET
    @Path("history")
    public String history(
            @PathParam("environment") String environment,
            @QueryParam("target") String target,
            @QueryParam("kind") String kind,
            @QueryParam("address") String address,
            @QueryParam("limit") @DefaultValue("200") int limit) {
        caller.needs(Users.Role.VIEWER);
        if (target == null || kind == null || address == null) {
            throw Requests.bad("the query", "target, kind and address of an entry", "not all of them");
        }
        try {
            return CanonicalJson.text(
                    board.history(environment, new EntryKey(target, kind, address), Requests.limit(limit, MOST)));
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
