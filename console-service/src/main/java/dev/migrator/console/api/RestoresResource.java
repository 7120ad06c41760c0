package dev.migrator.console.api;

import dev.migrator.console.work.Orders;
import dev.migrator.console.work.RestoreDocuments;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.restore.Restore;
import dev.migrator.kit.Unavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.function.Supplier;

/** Puts back what a snapshot recorded: by a migration of its own, planned, approved and run like any other. */
@Path("api/v1/restores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RestoresResource {
    @Inject
    Caller caller;

    @Inject
    Orders orders;

    @Inject
    RestoreDocuments documents;

    /** Of a snapshot, or of the newest one of whole targets at a time. */
    @POST
    public Response restore(byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(
                body,
                Set.of(
                        "id",
                        "snapshot",
                        "environment",
                        "asOf",
                        "target",
                        "kind",
                        "entry",
                        "includeUnmanaged",
                        "removeMadeSince",
                        "intent"));
        var wish = new RestoreDocuments.Wish(
                new EntrySelection(
                        Requests.optionalText(request, "target"),
                        Requests.optionalText(request, "kind"),
                        Requests.optionalText(request, "entry")),
                Requests.flag(request, "includeUnmanaged"),
                Requests.flag(request, "removeMadeSince"));
        var snapshot = Requests.optionalText(request, "snapshot");
        var environment = Requests.optionalText(request, "environment");
        var asOf = Requests.optionalText(request, "asOf").map(RestoresResource::instant);
        if (snapshot.isPresent() == asOf.isPresent() || asOf.isPresent() && environment.isEmpty()) {
            throw Requests.bad("the body", "snapshot, or environment and asOf", "both or neither");
        }
        return started(
                request,
                () -> snapshot.map(id -> documents.ofSnapshot(id, environment, wish))
                        .orElseGet(() -> documents.asOf(environment.orElseThrow(), asOf.orElseThrow(), wish)),
                orders,
                caller);
    }

    /** @param request with the {@code id} and {@code intent} of the new migration */
    static Response started(Value.Obj request, Supplier<Restore> document, Orders orders, Caller caller) {
        var id = new MigrationId(Requests.text(request, "id"));
        var intent = Requests.intent(request);
        try {
            var restore = document.get();
            var digest = orders.restore(id, intent, restore, caller.name());
            var answer = Value.object(
                    "id", Value.of(id.value()),
                    "bundleDigest", Value.of(digest.toString()),
                    "environment", Value.of(restore.environment()),
                    "source", Value.of(restore.source().title()));
            return Response.accepted(CanonicalJson.text(answer))
                    .location(MigrationsResource.location(id))
                    .build();
        } catch (Unavailable e) {
            throw new ApiProblem(503, e.problem());
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw Requests.bad("member asOf", "a time, e.g. 2026-12-24T18:00:00Z", text);
        }
    }
}
