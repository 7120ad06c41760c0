package dev.migrator.console.api;

import dev.migrator.console.work.ChecklistEvidence;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** What stands behind each line of a migration's checklist. */
@Path("api/v1/migrations/{id}/checklist/{line}/evidence/{number}")
@RunOnVirtualThread
public class ChecklistResource {
    @Inject
    Caller caller;

    @Inject
    StatusBoard board;

    @Inject
    ChecklistEvidence evidence;

    /** The bytes as they lie in the bucket, so that {@code sha256sum} tells their digest; the report is made elsewhere. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response evidence(
            @PathParam("id") String id, @PathParam("line") String line, @PathParam("number") int number) {
        caller.needs(Users.Role.VIEWER);
        MigrationStatus status = MigrationsResource.known(board, id);
        var link = evidence.link(status, line, number);
        if (!link.isStored()) {
            return Response.seeOther(URI.create(MigrationsResource.location(status.id()) + "/report"))
                    .build();
        }
        try {
            return Response.ok(evidence.open(link), MediaType.APPLICATION_JSON)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
