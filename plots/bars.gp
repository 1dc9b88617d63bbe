# A panel of bars: a server per row, its median as a bar from zero, whiskers
# for the median's interval, a dot for every round. A bar of two parts, such as
# user and system, has two colours. A server without figures is
# a gap that says why, never a bar of length zero.

medians = charts.name.'.tsv'
rounds  = charts.name.'_rounds.tsv'
set format x (panel_most[panel] < 10000 ? '%g' : '%.0s%c')

plot \
  medians using (0):(column('row')):(said('label')) \
    with labels right offset -1,0 font ',12' tc rgb ink, \
  medians using (0):(get('row')):(0):(get('median')): \
    (get('row') - 0.38):(get('row') + 0.38) with boxxyerror fc rgb sky, \
  medians using (get('part')):(get('row')):(get('part')):(get('median')): \
    (get('row') - 0.38):(get('row') + 0.38) with boxxyerror fc rgb orange, \
  medians using (get('median')):(get('row') - 0.14):(get('low')):(get('high')) \
    with xerrorbars ls 1 pt -1, \
  rounds using (marked('value', 'valid')):(get('row') + 0.16) \
    with points pt 7 ps 0.4 lc rgb blue, \
  rounds using (marked('value', 'suspect')):(get('row') + 0.16) \
    with points pt 6 ps 0.5 lc rgb blue, \
  rounds using (marked('value', 'invalid')):(get('row') + 0.16) \
    with points pt 2 ps 0.5 lc rgb vermillion, \
  medians using (column('end')):(column('row')):(figures('text')) \
    with labels left offset 1,0 font ',10' tc rgb ink, \
  medians using (0):(column('row')):(excuse('text')) \
    with labels left offset 1,0 font ',10' tc rgb vermillion
