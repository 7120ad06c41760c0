package dev.migrator.console.api;

import dev.migrator.console.work.Operations;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;

/** What became of each operation of one migration. */
@Path("api/v1/migrations/{id}/operations")
@RunOnVirtualThread
public class OperationsResource {
    private static final int MOST = 10_000;

    @Inject
    Caller caller;

    @Inject
    StatusBoard board;

    @Inject
    Operations operations;

    /** In the order of the plan. The plan is read before the answer begins: what is wrong with it is still told as a problem. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @PathParam("id") String id,
            @QueryParam("kind") String kind,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        caller.needs(Users.Role.VIEWER);
        if (offset < 0) {
            throw Requests.bad("query parameter offset", "0 or more", String.valueOf(offset));
        }
        var page = new Operations.Page(Optional.ofNullable(kind), offset, Requests.limit(limit, MOST));
        try {
            var written = operations.of(MigrationsResource.known(board, id), page);
            return Response.ok((StreamingOutput) written::accept, MediaType.APPLICATION_JSON)
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
