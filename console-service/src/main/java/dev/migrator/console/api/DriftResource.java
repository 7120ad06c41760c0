package dev.migrator.console.api;

import dev.migrator.console.work.DriftBoard;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftJson;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is managed in an environment and is not as it was last applied there. */
@Path("api/v1/environments/{environment}/drift")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DriftResource {
    @Inject
    Caller caller;

    @Inject
    DriftBoard board;

    @Inject
    Orders orders;

    @Inject
    StoredBundles bundles;

    /** 503 while nothing is known that counts: that is not "no drift". */
    @GET
    public String get(@PathParam("environment") String environment) {
        caller.needs(Users.Role.VIEWER);
        try {
            return CanonicalJson.text(seen(environment));
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    private Value.Obj seen(String environment) {
        return DriftJson.toValue(
                board.current(environment), board.now(), finding -> board.acknowledged(environment, finding));
    }

    /** 200: it is in the log, and counts within moments. All of the items or none. */
    @POST
    @Path("acknowledgements")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response acknowledge(@PathParam("environment") String environment, byte[] body) {
        caller.needs(Users.Role.OPERATOR);
        var request = Requests.object(body, Set.of("reason", "until", "items"));
        var reason = Requests.text(request, "reason");
        if (reason.isBlank()) {
            throw Requests.bad("member reason", "why it may stay for now", "nothing");
        }
        try {
            var all = board.acknowledge(
                    environment, items(request), reason, until(Requests.text(request, "until")), caller.name());
            return Response.ok(CanonicalJson.text(Value.object("acknowledged", Value.of(all.size()))))
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    private Instant until(String text) {
        var latest = board.now().plus(Acknowledgement.LONGEST);
        try {
            var until = Instant.parse(text);
            if (until.isAfter(board.now()) && !until.isAfter(latest)) {
                return until;
            }
        } catch (DateTimeException _) {
            // said below
        }
        throw Requests.bad("member until", "a time to come, at most " + latest, text);
    }

    private static List<DriftBoard.Seen> items(Value.Obj request) {
        if (!(request.get("items") instanceof Value.Arr(var items))
                || items.isEmpty()
                || items.size() > DriftReport.MAX_FINDINGS) {
            throw Requests.bad("member items", "1 to " + DriftReport.MAX_FINDINGS + " findings", "something else");
        }
        return items.stream().map(DriftResource::item).toList();
    }

    private static DriftBoard.Seen item(Value item) {
        if (!(item instanceof Value.Obj finding)) {
            throw Requests.bad("an item", "a finding with uid, kind and found", "something else");
        }
        var found = Requests.text(finding, "found");
        try {
            return new DriftBoard.Seen(
                    Requests.text(finding, "uid"), Requests.text(finding, "kind"), Digest.parse(found));
        } catch (IllegalArgumentException _) {
            throw Requests.bad("member found", "as the finding says it", found);
        }
    }

    /** 202: the migration is asked for; it is planned, approved and run like any other. */
    @POST
    @Path("reverts")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response revert(@PathParam("environment") String environment, byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("id"));
        var id = new MigrationId(Requests.text(request, "id"));
        board.declared(environment);
        var stored = bundles.lastIn(environment);
        orders.revertDrift(id, environment, stored, caller.name());
        var answer = Value.object(
                "id", Value.of(id.value()),
                "bundleDigest", Value.of(stored.digest().toString()),
                "commit", Value.of(stored.commit()));
        return Response.accepted(CanonicalJson.text(answer))
                .location(MigrationsResource.location(id))
                .build();
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
