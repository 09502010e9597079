package dev.lantern.ordercenter.reconcile;

import java.util.ArrayList;
import java.util.List;

/// Keeps what passes tell.
final class SeenSides implements SidesWatch {
  final List<String> skipped = new ArrayList<>();
  long examined;

  @Override
  public void examined(String pass, long count) {
    examined += count;
  }

  @Override
  public void behind(String pass, long count) {}

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {}

  @Override
  public void skipped(String pass, String why) {
    skipped.add(pass);
  }

  @Override
  public void back(String pass) {
    skipped.remove(pass);
  }
}
