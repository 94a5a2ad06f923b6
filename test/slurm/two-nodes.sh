#!/usr/bin/env bash
# Runs a command with a Slurm cluster of its own: two nodes and a controller on this machine, gone when the command ends. Needs root and
# Debian's packages slurm-wlm and munge.
#   two-nodes.sh COMMAND [ARGUMENT]…
set -euo pipefail
for program in munged slurmctld slurmd; do
  command -v "$program" >/dev/null || { echo "$program is not there. Install slurm-wlm and munge." >&2; exit 69; }
done
state=$(mktemp -d /tmp/two-nodes.XXXXXXXX)
chmod 755 "$state"
pids=()
end() {
  kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
  rm -rf "$state"
}
trap end EXIT
trap 'exit 143' TERM INT

port() { node -e "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); this.close(); })"; }
dd if=/dev/urandom of="$state/munge.key" bs=1024 count=1 status=none
chmod 400 "$state/munge.key"
mkdir "$state"/{state,spool-n1,spool-n2}
cat >"$state/slurm.conf" <<CONF
ClusterName=two-nodes
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmctldPort=$(port)
AuthType=auth/munge
AuthInfo=socket=$state/munge.socket
CredType=cred/munge
StateSaveLocation=$state/state
SlurmdSpoolDir=$state/spool-%n
SlurmctldPidFile=$state/slurmctld.pid
SlurmdPidFile=$state/slurmd-%n.pid
SlurmctldLogFile=$state/slurmctld.log
SlurmdLogFile=$state/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=10
MaxArraySize=9
MpiDefault=none
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$(port) CPUs=2
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$(port) CPUs=2
PartitionName=encode Nodes=n1,n2 MaxTime=INFINITE State=UP
CONF
echo CgroupPlugin=disabled >"$state/cgroup.conf"
export SLURM_CONF=$state/slurm.conf

munged --foreground --force --socket="$state/munge.socket" --key-file="$state/munge.key" --pid-file="$state/munged.pid" \
  --log-file="$state/munged.log" --seed-file="$state/munged.seed" &
pids+=($!)
until [ -S "$state/munge.socket" ]; do sleep 0.1; done
slurmctld -D >/dev/null 2>&1 &
pids+=($!)
for node in n1 n2; do
  slurmd -D -N "$node" >/dev/null 2>&1 &
  pids+=($!)
done
for ((wait = 0; ; wait++)); do
  if [ "$(sinfo --noheader --states=idle --format=%D 2>/dev/null)" = 2 ]; then break; fi
  if [ "$wait" -gt 300 ]; then
    tail "$state"/*.log >&2
    exit 1
  fi
  sleep 0.2
done
"$@" &
pids+=($!)
wait $!
