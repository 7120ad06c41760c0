package dev.migrator.console.api;

import dev.migrator.console.work.Reports;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** What is known of one migration, in one file that can be checked without this service. */
@Path("api/v1/migrations/{id}/report")
@RunOnVirtualThread
public class ReportsResource {
    static final String ZIP = "application/zip";

    @Inject
    Caller caller;

    @Inject
    StatusBoard board;

    @Inject
    Reports reports;

    /** The topics are read before the answer begins: what they refuse is still told as a problem. */
    @GET
    @Produces(ZIP)
    public Response report(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        var status = MigrationsResource.known(board, id);
        try {
            var report = reports.of(status, caller.name());
            return Response.ok((StreamingOutput) report::accept, ZIP)
                    .header("Content-Disposition", "attachment; filename=\"report-" + status.id() + ".zip\"")
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }
}
