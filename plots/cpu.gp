# CPU time that a server uses per request, user and system, all its processes.
# A panel per workload, a bar per server, shortest first.

name = 'cpu'
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen(name.'.gp')]
load charts.name.'.gp'
load here.'common.gp'

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    load here.'panel.gp'
    load here.'bars.gp'
  }
  unset multiplot
}
