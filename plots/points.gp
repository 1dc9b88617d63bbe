# A panel of points on a logarithmic scale: for every server p50 (round) and
# p99 (three-cornered), each with the median's interval, and a small point for
# every round.

medians = charts.name.'.tsv'
rounds  = charts.name.'_rounds.tsv'
usable(name) = strcol('mark') eq 'invalid' ? NaN : get(name)

# Decades alone would leave a short scale with a single tick.
set logscale x
set format x '%g'
decades = log10(panel_most[panel] / panel_least[panel])
set xtics () font ',10'
do for [e = -6:9] {
  do for [m in (decades > 3 ? '1' : decades > 2 ? '1 3' : '1 2 5')] {
    set xtics add (sprintf('%g', m * 10.0**e) m * 10.0**e)
  }
}

set key at screen across(page_width - 24),down(48) right bottom horizontal \
  samplen 0.5 width 1 font ',11' textcolor rgb ink
if (panel > 1) { set key off }

plot \
  medians using (panel_least[panel]):(column('row')):(said('label')) \
    with labels right offset -1,0 font ',12' tc rgb ink notitle, \
  medians using (get('p50')):(get('row')):(get('p99') - get('p50')):(0) \
    with vectors nohead lc rgb pale lw 3 notitle, \
  medians using (get('p50')):(get('row')):(get('p50_low')):(get('p50_high')) \
    with xerrorbars ls 1 pt -1 notitle, \
  medians using (get('p99')):(get('row')):(get('p99_low')):(get('p99_high')) \
    with xerrorbars ls 1 pt -1 notitle, \
  rounds using (usable('p50')):(get('row') + 0.3) \
    with points pt 7 ps 0.3 lc rgb sky notitle, \
  rounds using (usable('p99')):(get('row') + 0.3) \
    with points pt 9 ps 0.35 lc rgb orange notitle, \
  rounds using (marked('p50', 'invalid')):(get('row') + 0.3) \
    with points pt 2 ps 0.4 lc rgb grey notitle, \
  rounds using (marked('p99', 'invalid')):(get('row') + 0.3) \
    with points pt 2 ps 0.4 lc rgb grey notitle, \
  medians using (get('p50')):(get('row')) \
    with points pt 7 ps 0.8 lc rgb blue title 'p50', \
  medians using (get('p99')):(get('row')) \
    with points pt 9 ps 0.9 lc rgb vermillion title 'p99', \
  medians using (panel_least[panel]):(column('row')):(excuse('text')) \
    with labels left offset 1,0 font ',10' tc rgb vermillion notitle
