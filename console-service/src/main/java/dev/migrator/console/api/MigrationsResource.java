package dev.migrator.console.api;

import dev.migrator.console.work.Orders;
import dev.migrator.console.work.Plans;
import dev.migrator.console.work.RestoreDocuments;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.present.ChecklistHtml;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
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
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Start, follow and steer migrations. What is published here is an order; what became of it is in the status. */
@Path("api/v1/migrations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MigrationsResource {
    private static final Map<String, Fact.Commanded.Command> COMMANDS = Map.of(
            "pause", Fact.Commanded.Command.PAUSE,
            "resume", Fact.Commanded.Command.RESUME,
            "cancel", Fact.Commanded.Command.CANCEL,
            "rollback", Fact.Commanded.Command.ROLL_BACK,
            "release", Fact.Commanded.Command.RELEASE);

    @Inject
    Caller caller;

    @Inject
    StatusBoard board;

    @Inject
    Orders orders;

    @Inject
    Plans plans;

    @Inject
    StoredBundles bundles;

    @Inject
    RestoreDocuments documents;

    @GET
    public String list(
            @QueryParam("environment") String environment, @QueryParam("all") @DefaultValue("false") boolean all) {
        caller.needs(Users.Role.VIEWER);
        var items = board.all().stream()
                .filter(status -> environment == null || status.environment().equals(environment))
                .filter(status -> all || !status.ended())
                .limit(1_000)
                .map(StatusJson::toValue)
                .toList();
        return CanonicalJson.text(Value.object("items", Value.array(items)));
    }

    @GET
    @Path("{id}")
    public String get(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(StatusJson.toValue(known(id)));
    }

    /** Where it stands, with links that open what stands behind each line of its checklist. */
    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML + ";qs=0.5")
    public Response page(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return shown(ChecklistHtml.of(known(id)));
    }

    @GET
    @Path("{id}/plan")
    public String plan(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return CanonicalJson.text(plans.of(known(id)));
    }

    @GET
    @Path("{id}/plan")
    @Produces(MediaType.TEXT_PLAIN + ";qs=0.7")
    public String planText(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return plans.of(known(id), Plans.Form.TEXT);
    }

    @GET
    @Path("{id}/plan")
    @Produces("text/markdown;qs=0.6")
    public String planMarkdown(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return plans.of(known(id), Plans.Form.MARKDOWN);
    }

    @GET
    @Path("{id}/plan")
    @Produces(MediaType.TEXT_HTML + ";qs=0.5")
    public Response planPage(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        return shown(plans.of(known(id), Plans.Form.PAGE));
    }

    /** A page forbids scripts itself; a browser is told so as well. */
    private static Response shown(String html) {
        return Response.ok(html)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    public Response submit(byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(
                body, Set.of("id", "environment", "intent", "commit", "bundle", "planDigest", "selector"));
        var id = new MigrationId(Requests.text(request, "id"));
        var bundle = request.get("bundle").isNull() ? planned(id, request) : brought(id, request);
        var answer = Value.object(
                "id", Value.of(id.value()),
                "bundleDigest", Value.of(bundle.toString()));
        return Response.accepted(CanonicalJson.text(answer))
                .location(location(id))
                .build();
    }

    private Digest brought(MigrationId id, Value.Obj request) {
        if (!request.get("planDigest").isNull()) {
            throw Requests.bad("member planDigest", "no bundle beside it: the plan's own bundle is used", "both");
        }
        var bytes = CanonicalJson.bytes(Requests.manifests(request));
        orders.submit(
                id,
                Requests.text(request, "environment"),
                Requests.intent(request),
                bytes,
                new MigrationId(Requests.text(request, "commit")).value(), // the same shape: it names a folder
                caller.name(),
                Requests.selector(request));
        return Digest.of(bytes);
    }

    /** Exactly the plan that was read: its bundle, its environment, and no other plan. */
    private Digest planned(MigrationId id, Value.Obj request) {
        if (request.get("planDigest").isNull()) {
            throw Requests.bad("member bundle", "a bundle as migrator package writes it", "nothing");
        }
        if (!request.get("selector").isNull()) {
            throw Requests.bad("member selector", "none beside planDigest: the plan has its own", "both");
        }
        var stored = bundles.ofPlan(Requests.text(request, "planDigest"));
        var environment = Requests.optionalText(request, "environment");
        if (environment.isPresent() && !environment.get().equals(stored.environment())) {
            throw Requests.bad("member environment", stored.environment() + ", as in the plan", environment.get());
        }
        orders.submitStored(id, stored.environment(), Requests.intent(request), stored, caller.name());
        return stored.digest();
    }

    static URI location(MigrationId id) {
        return URI.create("api/v1/migrations/" + id);
    }

    @POST
    @Path("{id}/approvals")
    public Response decide(@PathParam("id") String id, byte[] body) {
        caller.needs(Users.Role.APPROVER);
        var request = Requests.object(body, Set.of("planDigest", "decision", "reason"));
        var decision = Requests.text(request, "decision");
        if (!decision.equals("grant") && !decision.equals("deny")) {
            throw Requests.bad("member decision", "grant or deny", decision);
        }
        var status = known(id);
        var digest = digest(Requests.text(request, "planDigest"));
        if (!status.planDigest().equals(java.util.Optional.of(digest))) {
            throw new ApiProblem(
                    409,
                    Problem.of("CON-OTHER-PLAN", "this is not the plan that the migration has; nothing was decided")
                            .about("migration " + id)
                            .expected(status.planDigest().map(Digest::toString).orElse("no plan yet"))
                            .found(digest.toString())
                            .todo("read the plan that is there now, then decide again"));
        }
        orders.decide(
                status,
                digest,
                caller.name(),
                caller.groups(),
                decision.equals("grant"),
                Requests.optionalText(request, "reason").orElse(""));
        return Response.accepted().build();
    }

    @POST
    @Path("{id}/commands")
    public Response command(@PathParam("id") String id, byte[] body) {
        caller.needs(Users.Role.OPERATOR);
        var request = Requests.object(body, Set.of("command", "requestId", "reason"));
        var name = Requests.text(request, "command").toLowerCase(Locale.ROOT);
        var command = COMMANDS.get(name);
        if (command == null) {
            throw Requests.bad(
                    "member command",
                    "one of " + COMMANDS.keySet().stream().sorted().toList(),
                    name);
        }
        orders.command(
                known(id),
                Requests.text(request, "requestId"),
                command,
                caller.name(),
                Requests.optionalText(request, "reason").orElse(""));
        return Response.accepted().build();
    }

    /** Of what the migration had found, for exactly what it wrote: by a migration of its own. */
    @POST
    @Path("{id}/revert")
    public Response revert(@PathParam("id") String id, byte[] body) {
        caller.needs(Users.Role.REQUESTER);
        var request = Requests.object(body, Set.of("id", "intent"));
        var status = known(id);
        return RestoresResource.started(request, () -> documents.ofMigration(status), orders, caller);
    }

    @GET
    @Path("{id}/watch")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> watch(@PathParam("id") String id) {
        caller.needs(Users.Role.VIEWER);
        var migration = known(id).id();
        return Multi.createFrom().emitter(emitter -> {
            var last = new AtomicLong();
            var end = board.follow(migration, status -> {
                synchronized (last) { // statuses come from two threads at the start; each is sent once, in order
                    if (status.sequence() > last.get()) {
                        last.set(status.sequence());
                        emitter.emit(CanonicalJson.text(StatusJson.toValue(status)));
                        if (status.ended()) {
                            emitter.complete();
                        }
                    }
                }
            });
            emitter.onTermination(end);
        });
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException _) {
            throw Requests.bad("member planDigest", "a digest as shown in the status", text);
        }
    }

    private MigrationStatus known(String id) {
        return known(board, id);
    }

    static MigrationStatus known(StatusBoard board, String id) {
        return board.find(new MigrationId(id))
                .orElseThrow(() -> new ApiProblem(
                        404,
                        Problem.of("CON-UNKNOWN", "nothing is known of this migration")
                                .about("migration " + id)
                                .todo("migrator status --all    lists those that are known; a new one takes"
                                        + " a moment")));
    }
}
