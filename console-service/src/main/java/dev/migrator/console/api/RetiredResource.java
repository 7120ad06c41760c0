package dev.migrator.console.api;

import dev.migrator.console.work.Orders;
import dev.migrator.console.work.RetiredBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntrySelection;
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

/** What migrations have taken out of use, and its removal for good: by a migration of its own. */
@Path("api/v1/environments/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RetiredResource {
    private static final int MOST = 10_000;

    @Inject
    Caller caller;

    @Inject
    RetiredBoard board;

    @Inject
    Orders orders;

    /** The longest out of use first. 503 while that is not known. */
    @GET
    @Path("retired")
    public String list(
            @PathParam("environment") String environment, @QueryParam("limit") @DefaultValue("1000") int limit) {
        caller.needs(Users.Role.VIEWER);
        int most = Requests.limit(limit, MOST);
        try {
            var items = board.list(environment);
            return CanonicalJson.text(Value.object(
                    "items", Value.array(items.stream().limit(most).toList()),
                    "more", Value.of(items.size() > most)));
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    /** What may go is decided when it is planned: here only the order is given. */
    @POST
    @Path("purges")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response purge(@PathParam("environment") String environment, byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("id", "target", "kind", "entry", "intent"));
        var id = new MigrationId(Requests.text(request, "id"));
        var purge = board.purge(
                id,
                environment,
                new EntrySelection(
                        Requests.optionalText(request, "target"),
                        Requests.optionalText(request, "kind"),
                        Requests.optionalText(request, "entry")));
        var digest = orders.purge(id, Requests.intent(request), purge, caller.name());
        return Response.accepted(CanonicalJson.text(Value.object(
                        "id", Value.of(id.value()),
                        "bundleDigest", Value.of(digest.toString()),
                        "environment", Value.of(environment),
                        "retiredBy", Value.of(purge.retiredBy().toString()))))
                .location(MigrationsResource.location(id))
                .build();
    }
}
