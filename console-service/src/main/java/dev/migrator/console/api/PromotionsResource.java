package dev.migrator.console.api;

import dev.migrator.console.work.Orders;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Takes the very bundle that succeeded in one environment to a later one. It is planned, approved and run like any other. */
@Path("api/v1/promotions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PromotionsResource {
    @Inject
    Caller caller;

    @Inject
    Orders orders;

    @Inject
    StoredBundles bundles;

    @POST
    public Response promote(byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("id", "from", "to", "intent", "bundleDigest", "selector"));
        var id = new MigrationId(Requests.text(request, "id"));
        var to = Requests.text(request, "to");
        var only = Requests.optionalText(request, "bundleDigest").map(PromotionsResource::digest);
        var stored = bundles.succeededIn(Requests.text(request, "from"), to, only, Requests.selector(request));
        orders.submitStored(id, to, Requests.intent(request), stored, caller.name());
        var answer = Value.object(
                "id", Value.of(id.value()),
                "bundleDigest", Value.of(stored.digest().toString()),
                "commit", Value.of(stored.commit()));
        return Response.accepted(CanonicalJson.text(answer))
                .location(MigrationsResource.location(id))
                .build();
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException _) {
            throw Requests.bad("member bundleDigest", "a digest: sha256: and 64 hex digits", text);
        }
    }
}
