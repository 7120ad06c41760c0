package dev.migrator.console.api;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.evidence.Evidence;
import dev.migrator.kit.evidence.EvidenceStore;
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
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was found out about exactly one bundle, e.g. by test runs: policies can ask for it. It is added and never changed. */
@Path("api/v1/bundles/{digest}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EvidenceResource {
    @Inject
    Caller caller;

    @Inject
    EvidenceStore evidence;

    @Inject
    Audit audit;

    @Inject
    Clock clock;

    /** 200: it is in the bucket, and in the audit. The same facts added twice by one user are one piece. Who added it is the caller. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@PathParam("digest") String bundle, byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("kind", "facts"));
        if (!(request.get("facts") instanceof Value.Obj facts)) {
            throw Requests.bad("member facts", "a JSON object", "something else");
        }
        var kept = evidence.add(
                new Evidence(digest(bundle), Requests.text(request, "kind"), caller.name(), clock.instant(), facts));
        audit.record(
                "",
                Optional.empty(),
                "evidence-added",
                caller.name(),
                Optional.empty(),
                Optional.empty(),
                List.of("bundle " + kept.bundle(), "kind " + kept.kind(), "evidence " + kept.digest()));
        return Response.ok(CanonicalJson.text(kept.seen())).build();
    }

    @GET
    public String list(@PathParam("digest") String bundle) {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(Value.object(
                "items",
                Value.array(
                        evidence.of(digest(bundle)).stream().map(Evidence::seen).toList())));
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException _) {
            throw Requests.bad("the bundle", "a digest: sha256: and 64 hex digits", text);
        }
    }
}
