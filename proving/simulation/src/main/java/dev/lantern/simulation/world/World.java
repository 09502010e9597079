package dev.lantern.simulation.world;

import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.fault.Outages;
import dev.lantern.simulation.fault.Weather;
import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.Trace;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.token.RootTable;
import dev.lantern.simulation.vendor.SimVendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One run: the servers, the processes, the users, and what happens to them.
public final class World {
  private static final Duration FIRST_DOWN = Duration.ofMillis(300);
  private static final Duration LONGEST_DOWN = Duration.ofSeconds(8);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Longer than all tries of an order that is retried, and the leases they took.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  final Baton baton;
  final Dice dice;
  final Plan plan;
  final Program program;
  final Campaign campaign;
  final Tables tables = new Tables();
  final RedisState redis;
  final QueueState queue = new QueueState();
  final Outages outages = new Outages();
  final Witness witness;
  final SimCounters counters;
  final SimVendor vendor;
  final DayCaps dayCaps;
  final ReissueCheck reissues;
  final WalletLaw walletLaw;
  final Stages stages;
  final ApartCheck apart;
  final Operator operator = new Operator(this);
  final ClientCopies copies;
  final Forfeits forfeits = new Forfeits(this);
  final CeilingLaw ceiling;
  final Aim aim;
  final Steward steward;
  final Hits hits;
  private final Weather weather;
  private final Parts servers;
  private final Mutation mutation;
  private final BooksCheck books;
  private final VendorCheck gifts;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<ApiProcess> apis = new ArrayList<>();
  private final Life users = new Life("users");
  private final TokenDoor tokens = new TokenDoor(this);

  /// What operators have switched off.
  final Set<OrderSwitch> off = EnumSet.noneOf(OrderSwitch.class);

  private boolean storming = true;
  private int lives;

  /// @param mutation what is taken away; [Mutation#NONE] in an honest run
  public World(long seed, Trace trace, Hits hits, Mutation mutation) {
    this.dice = new Dice(seed);
    this.baton = new Baton(trace);
    this.hits = hits;
    this.mutation = mutation;
    this.aim = Aim.of(seed);
    this.plan = aim.plan(Plan.of(dice), dice);
    this.program = aim == Aim.NOTHING ? Program.of(seed, plan) : Program.aimed(aim.losesTopic());
    this.campaign = new Campaign(plan, program);
    this.weather = new Weather(dice);
    if (seed % 2 == 1 || aim.isMixed()) {
      weather.assign(seed);
    }
    aim.aim(weather);
    this.redis = new RedisState(baton::now);
    this.copies = new ClientCopies(this, ClientCopies.areHandedIn(seed, aim));
    this.witness =
        new Witness(
            baton, tables, redis, plan.partitions(), queue::hasLost, new KeptByClients(this));
    this.books = new BooksCheck(tables, queue, witness);
    this.steward = new Steward(this, aim.stewardship(dice));
    this.counters = new SimCounters();
    this.vendor = new SimVendor(baton, dice, hits, program.moods(), this::isStorming);
    this.gifts = new VendorCheck(tables, vendor, witness);
    vendor.onGift(gifts::check);
    this.dayCaps = new DayCaps(program);
    this.reissues = new ReissueCheck(tables, witness);
    this.stages = new Stages(plan);
    this.apart = new ApartCheck(tables, stages, witness);
    this.walletLaw = new WalletLaw(witness, reissues);
    RootTable roots = new RootTable();
    this.ceiling = new CeilingLaw(this, roots);
    this.servers =
        new Parts(
            tables,
            redis,
            queue,
            plan.partitions(),
            baton::now,
            counters,
            new MoreParts(
                tables, redis, queue, vendor, dayCaps.limits(), new AuditLaw(witness)::found),
            new CopyParts(tables, redis, dayCaps.limits(), tokens, roots));
    mutation.ofServers().accept(servers);
  }

  /// Plays it to the end; throws [dev.lantern.simulation.kernel.LawBroken].
  public void play() {
    tables.addBudget(Campaign.MAIN, plan.mainBudgetFen());
    tables.addBudget(Campaign.SMALL, plan.smallBudgetFen());
    startTokens("token-1");
    for (int i = 1; i <= plan.apis(); i++) {
      startApi("api-" + i);
    }
    for (int i = 1; i <= plan.settles(); i++) {
      startSettle("settle-" + i);
    }
    if (aim.isWithoutQueue()) {
      off.add(OrderSwitch.QUEUE);
    }
    startUsers();
    startProgram();
    new Disasters(this, hits).schedule();
    baton.at(plan.storm().toNanos(), this::calmDown);
    baton.run();
  }

  /// Settlement stands still, at instances of such a name: what is promised meanwhile waits.
  void stopSettlement(String instances, Duration until) {
    processes.stream()
        .filter(process -> process.life.name().startsWith(instances))
        .forEach(process -> process.life.freeze(baton.now(), until.toNanos(), dice.chance(0.5)));
  }

  Parts partsFor(Life life) {
    Wire wire = new Wire(baton, dice, life, weather, outages, hits, this::kill, this::afterStep);
    Parts parts = new Parts(servers, wire);
    mutation.ofProcesses().accept(parts);
    return parts;
  }

  ApiProcess anApi() {
    return dice.oneOf(apis);
  }

  List<ServerProcess> processes() {
    return processes;
  }

  boolean isStorming() {
    return storming;
  }

  private void startUsers() {
    for (long user = 1; user <= plan.users(); user++) {
      for (int round = 0; round < plan.rounds(); round++) {
        startClient(user, round, 0);
        if (dice.chance(0.4)) {
          startClient(user, round, 0);
        }
        for (int more = 0; more < aim.moreCallers(); more++) {
          startClient(user, round, 0);
        }
        if (dice.chance(0.2)) {
          startClient(user, round, plan.mainFen() + 1);
        }
      }
    }
    copies.start();
    startWallet("wallet-1");
    startWallet("wallet-2");
  }

  private void startProgram() {
    if (program.hasThings()) {
      campaign.things().begin(tables, vendor, program.thingsPercent());
    }
    if (program.forces()) {
      baton.start(users, "forcing", new ForcingUser(this)::run);
    }
    if (program.stages()) {
      StageClient.startAll(this, users);
    }
    if (program.reissues()) {
      baton.start(users, "reissuer", new Reissuer(this)::run);
    }
  }

  private void startWallet(String instance) {
    Life life = new Life(instance + "/" + ++lives);
    baton.start(life, life.name(), new WalletUser(this, partsFor(life))::run);
  }

  private void startClient(long user, int round, long amount) {
    Client client = new Client(this, user, round, amount);
    baton.start(users, "user-" + user, client::run);
  }

  private void startApi(String instance) {
    ApiProcess api = new ApiProcess(this, instance + "/" + ++lives);
    apis.removeIf(old -> old.life.name().startsWith(instance + "/"));
    apis.add(api);
    begin(api, instance);
  }

  private void startTokens(String instance) {
    begin(tokens.open(instance, instance + "/" + ++lives), instance);
  }

  private void startSettle(String instance) {
    begin(new SettleProcess(this, instance + "/" + ++lives), instance);
  }

  private void begin(ServerProcess process, String instance) {
    processes.removeIf(old -> old.life.name().startsWith(instance + "/"));
    processes.add(process);
    process.start();
  }

  /// `kill -9`; something starts the process again.
  void kill(Life life) {
    life.end();
    String instance = life.name().substring(0, life.name().indexOf('/'));
    Duration wait = storming ? dice.wait(FIRST_DOWN, LONGEST_DOWN) : FIRST_DOWN;
    baton.in(
        wait,
        () -> {
          if (instance.startsWith("api")) {
            startApi(instance);
          } else if (instance.startsWith("wallet")) {
            startWallet(instance);
          } else if (instance.startsWith("token")) {
            startTokens(instance);
          } else {
            startSettle(instance);
          }
        });
  }

  private void afterStep(boolean ledgerChanged) {
    if (ledgerChanged) {
      books.check();
      gifts.check();
      reissues.check();
      apart.check();
      dayCaps.check(tables, witness, !copies.areHandedIn());
      witness.checkStillKept();
    }
    long given = tables.accounts().stream().mapToLong(Tables.Account::fen).sum();
    if (counters.sum(Campaign.PARENT + ".fen") > given) {
      witness.broken("COUNT", "more is counted than the " + given + " fen given");
    }
  }

  /// The end of all trouble: from now on everything drains.
  private void calmDown() {
    storming = false;
    weather.calm();
    outages.end();
    off.clear();
    processes.forEach(process -> process.life.thaw(baton.now()));
    Drained drained = new Drained(this);
    lookAgain(drained, baton.now() + PATIENCE.toNanos());
  }

  private void lookAgain(Drained drained, long until) {
    baton.in(
        SECOND,
        () -> {
          List<String> left = drained.left();
          if (left.isEmpty()) {
            drained.check();
            gifts.checkAtEnd();
            baton.stop();
          } else if (baton.now() > until) {
            witness.broken("DRAIN", "does not drain: " + left);
          } else {
            lookAgain(drained, until);
          }
        });
  }

  void hit(Fault fault, String what) {
    hits.hit(fault, what);
    baton.trace().step(baton.now(), "world", what, fault.name());
  }
}
